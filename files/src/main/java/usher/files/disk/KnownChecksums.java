package usher.files.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import usher.files.Checksum;

/// Checksums of files, kept beside their contents as an extended attribute (`user.usher.sha256`):
///
/// ```
///   size ' ' modification time, ns since 1970 ' ' 64 hexadecimal digits
/// ```
///
/// A file that has changed since has another time or size, and then the note counts for nothing.
/// Where the file system has no such attributes, or does not let us, nothing is known and all else
/// works.
final class KnownChecksums {
  private static final String ATTRIBUTE = "usher.sha256";
  private static final Pattern NOTE = Pattern.compile("(\\d+) (-?\\d+) ([0-9a-f]{64})");
  private static final int MOST = 128;

  private KnownChecksums() {}

  static Optional<Checksum> of(Path file, BasicFileAttributes attributes) {
    UserDefinedFileAttributeView view = view(file);
    if (view == null) {
      return Optional.empty();
    }
    ByteBuffer note = ByteBuffer.allocate(MOST);
    try {
      view.read(ATTRIBUTE, note);
    } catch (IOException absent) {
      return Optional.empty();
    }
    Matcher read =
        NOTE.matcher(new String(note.array(), 0, note.position(), StandardCharsets.US_ASCII));
    return read.matches()
            && read.group(1).equals(String.valueOf(attributes.size()))
            && read.group(2).equals(String.valueOf(time(attributes)))
        ? Optional.of(new Checksum(read.group(3)))
        : Optional.empty();
  }

  /// Notes the checksum of a file that is as these attributes say.
  static void note(Path file, BasicFileAttributes attributes, Checksum checksum) {
    UserDefinedFileAttributeView view = view(file);
    if (view == null) {
      return;
    }
    String note = attributes.size() + " " + time(attributes) + " " + checksum.hex();
    try {
      view.write(ATTRIBUTE, ByteBuffer.wrap(note.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException notHere) {
      // It is worked out again when somebody asks.
    }
  }

  private static UserDefinedFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static long time(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS);
  }
}
