package usher.files.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import usher.files.Checksum;
import usher.files.FileEntry;

/// A file on its way to this machine: `.KEY.CHECKSUM.part` beside its target until it is whole,
/// checked and on the disk; KEY stands for its name, which may be as long as names can be. What was
/// cut stays, and is gone on with.
final class Download {
  private static final int CHUNK = 256 * 1024;
  private static final int KEY = 16;
  private static final int HEX = 64;

  private final Landing landing;
  private @Nullable Path part;
  private long present;

  Download(Path target) throws IOException {
    this.landing = new Landing(target);
    String prefix = "." + key() + ".";
    try (DirectoryStream<Path> parts =
        Files.newDirectoryStream(landing.folder(), path -> isPart(path, prefix))) {
      for (Path path : parts) {
        part = path;
        present = Files.size(path);
      }
    }
  }

  private String key() {
    MessageDigest digest = Checksum.digest();
    digest.update(landing.target().getFileName().toString().getBytes(StandardCharsets.UTF_8));
    return Checksum.of(digest).hex().substring(0, KEY);
  }

  private static boolean isPart(Path path, String prefix) {
    String name = path.getFileName().toString();
    return name.startsWith(prefix)
        && name.endsWith(Landing.PART)
        && name.length() == prefix.length() + HEX + Landing.PART.length()
        && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /// How much of it is there.
  long present() {
    return present;
  }

  /// What is there is of another file.
  void forget() throws IOException {
    if (part != null) {
      Files.deleteIfExists(part);
    }
    part = null;
    present = 0;
  }

  /// Receives the rest.
  ///
  /// @param count how many bytes come
  void receive(Wire wire, long count, FileEntry entry, Progress progress) throws IOException {
    Checksum wanted = entry.checksum().orElseThrow();
    Path file = landing.part(key() + "." + wanted.hex());
    if (part != null && !part.equals(file)) {
      forget();
      throw new IOException("the file has changed on the server since the last attempt; try again");
    }
    if (present + count != entry.size()) {
      throw new IOException("the server says something that this client does not understand");
    }
    MessageDigest digest = Checksum.digest();
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
      long done = 0;
      while (done < present) {
        chunk.clear().limit((int) Math.min(CHUNK, present - done));
        channel.read(chunk);
        done += chunk.flip().remaining();
        digest.update(chunk);
      }
      while (done < entry.size()) {
        if (!progress.at(done, entry.size())) {
          throw new Cancelled();
        }
        chunk.clear().limit((int) Math.min(CHUNK, entry.size() - done));
        done += wire.read(chunk);
        digest.update(chunk.flip().duplicate());
        while (chunk.hasRemaining()) {
          channel.write(chunk);
        }
      }
      channel.force(true);
    }
    if (!Checksum.of(digest).equals(wanted)) {
      Files.deleteIfExists(file);
      throw new IOException("what has come has another checksum; it was thrown away");
    }
    Files.setLastModifiedTime(file, FileTime.from(entry.modified()));
    landing.land(file);
    progress.at(entry.size(), entry.size());
  }
}
