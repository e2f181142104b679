package usher.http.site;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads files of a folder into resources. Blocks.
///
/// Validators: the entity tag is made of a file's size, time of change and key. A file system's
/// clock ticks in milliseconds, and two changes in one tick look alike; so a file that changed less
/// than [#SETTLING] ago gets a weak tag, and is read anew once it has settled (RFC 9110, 8.8.1).
/// What is compressed here has a weak tag as well, since another version of the compressor may give
/// other bytes.
final class Loader {
  /// How long after a change a file may still change without showing it.
  static final Duration SETTLING = Duration.ofSeconds(1);

  private final Folder folder;
  private final Settings settings;

  /// How files are read.
  ///
  /// @param types which type a file has
  /// @param memoryMost files up to this size are read into memory
  /// @param gzip whether text is compressed here where there is no precompressed sibling
  /// @param precompressed whether siblings are looked for
  /// @param policy what all files say alike
  /// @param wall the clock that the time of a change is compared to
  record Settings(
      ContentTypes types,
      int memoryMost,
      boolean gzip,
      boolean precompressed,
      Representation.Policy policy,
      InstantSource wall) {}

  /// Text below this size is not compressed here: it fits into one packet as it is.
  static final int GZIP_LEAST = 1 << 10;

  /// Text above this size is not compressed here: that would take the processor for too long.
  static final long GZIP_MOST = 32 << 20;

  Loader(Folder folder, Settings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /// Looks up which files a request for this regular file is answered from.
  Found look(Folder.Node node, String relative) throws IOException {
    Stamp plain = Stamp.of(node);
    if (!settings.precompressed || !ContentTypes.isText(settings.types.of(relative))) {
      return new Found(plain, null, null);
    }
    return new Found(
        plain, sibling(node, relative, Encoding.BROTLI), sibling(node, relative, Encoding.GZIP));
  }

  /// A precompressed file beside the plain one; one that is older is out of date and passed over.
  private @Nullable Stamp sibling(Folder.Node plain, String relative, Encoding encoding)
      throws IOException {
    Folder.Node node = folder.find(relative + encoding.suffix);
    return node != null
            && node.attributes().isRegularFile()
            && node.attributes().lastModifiedTime().compareTo(plain.attributes().lastModifiedTime())
                >= 0
        ? Stamp.of(node)
        : null;
  }

  /// What was read of one file.
  private record Part(Stamp stamp, Content content, boolean settled) {}

  /// Reads what was found. The caller closes the resource.
  ///
  /// @param relative the path, whose last name gives the type
  /// @return null where the plain file is gone
  @Nullable Resource load(Found found, String relative) throws IOException {
    var files = new ArrayList<Resource.OpenFile>();
    Resource resource = null;
    try {
      var parts = new EnumMap<Encoding, Part>(Encoding.class);
      for (Encoding encoding : Encoding.values()) {
        Stamp stamp = found.stamp(encoding);
        Part part = stamp == null ? null : read(stamp, files);
        if (part != null) {
          parts.put(encoding, part);
        }
      }
      Part plain = parts.get(Encoding.IDENTITY);
      if (plain != null) {
        resource = assemble(plain, parts, files, settings.types.of(relative));
      }
      return resource;
    } finally {
      if (resource == null) {
        for (Resource.OpenFile open : files) {
          open.file().close();
        }
      }
    }
  }

  private @Nullable Part read(Stamp wanted, List<Resource.OpenFile> files) throws IOException {
    Instant now = settings.wall.instant();
    Folder.Opened opened = folder.open(wanted.real());
    if (opened == null) {
      return null;
    }
    FileChannel channel = opened.channel();
    Stamp stamp = Stamp.of(wanted.real(), opened.attributes());
    boolean settled = stamp.modified().toInstant().isBefore(now.minus(SETTLING));
    if (stamp.size() > settings.memoryMost) {
      var shared = new SharedFile(channel);
      files.add(new Resource.OpenFile(stamp, shared));
      return new Part(stamp, new Content.OnDisk(shared, stamp.size()), settled);
    }
    try (channel) {
      ByteBuffer bytes = ByteBuffer.allocate((int) stamp.size());
      int count = 0;
      while (bytes.hasRemaining() && count >= 0) {
        count = channel.read(bytes);
      }
      boolean same = stamp.matches(Folder.attributes(wanted.real()));
      // A file that shrinks while it is read is taken as far as it goes.
      return new Part(stamp, new Content.Memory(bytes.flip()), settled && same);
    } catch (NoSuchFileException gone) {
      return null;
    }
  }

  private Resource assemble(
      Part plain, Map<Encoding, Part> parts, List<Resource.OpenFile> files, String type) {
    Content compressed = parts.containsKey(Encoding.GZIP) ? null : compressed(plain, type);
    boolean varies = parts.size() > 1 || compressed != null;
    var representations = new EnumMap<Encoding, Representation>(Encoding.class);
    boolean settled = true;
    for (var entry : parts.entrySet()) {
      Part part = entry.getValue();
      Encoding encoding = entry.getKey();
      settled &= part.settled;
      String opaque = part.stamp.opaque();
      Validators validators =
          validators(
              new EntityTag(
                  !part.settled,
                  encoding == Encoding.IDENTITY ? opaque : opaque + "-" + encoding.token),
              plain,
              part.settled);
      representations.put(
          encoding,
          new Representation(type, encoding, varies, validators, part.content, settings.policy));
    }
    if (compressed != null) {
      Validators validators =
          validators(new EntityTag(true, plain.stamp.opaque() + "-gzip"), plain, false);
      representations.put(
          Encoding.GZIP,
          new Representation(type, Encoding.GZIP, varies, validators, compressed, settings.policy));
    }
    var found = new Found(plain.stamp, stamp(parts, Encoding.BROTLI), stamp(parts, Encoding.GZIP));
    return new Resource(found, settled, representations, files);
  }

  /// The content compressed here, or null where it is better left as it is.
  private @Nullable Content compressed(Part plain, String type) {
    if (!settings.gzip
        || !ContentTypes.isText(type)
        || plain.stamp.size() < GZIP_LEAST
        || plain.stamp.size() > GZIP_MOST) {
      return null;
    }
    return switch (plain.content) {
      case Content.Memory(ByteBuffer bytes) -> {
        var plainBytes = new byte[bytes.remaining()];
        bytes.get(0, plainBytes);
        byte[] smaller = GzipSource.compress(plainBytes);
        yield smaller.length < plainBytes.length
            ? new Content.Memory(ByteBuffer.wrap(smaller))
            : null;
      }
      case Content.OnDisk(SharedFile file, long length) -> new Content.Compressed(file, length);
      case Content.Compressed again -> again;
    };
  }

  private static @Nullable Stamp stamp(Map<Encoding, Part> parts, Encoding encoding) {
    Part part = parts.get(encoding);
    return part == null ? null : part.stamp;
  }

  /// The date is that of the plain file in each encoding, and never lies ahead (RFC 9110, 8.8.2.1).
  private Validators validators(EntityTag tag, Part plain, boolean settled) {
    Instant now = settings.wall.instant();
    Instant changed = plain.stamp.modified().toInstant();
    Instant modified = (changed.isAfter(now) ? now : changed).truncatedTo(ChronoUnit.SECONDS);
    return new Validators(tag, modified, settled && plain.settled);
  }
}
