package usher.files.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import usher.files.Checksum;
import usher.files.Deposit;
import usher.files.LibraryException;
import usher.files.LibraryException.Code;
import usher.files.disk.FolderUpload.Passage;

/// Temporary files of uploads, in the folder `.usher` of the library: the same file system, and a
/// name that no client can say.
///
/// ```
///   part-KEY   an upload that can be resumed; KEY stands for its name, size, checksum, ticket
///   once-UUID  one that cannot: without size or checksum, or the second of the same at once
/// ```
///
/// Whoever writes one holds its lock, so a second process on the same folder, such as the next run
/// of a restarted server, takes none that is in use.
final class Passages {
  static final String FOLDER = ".usher";
  private static final String PART = "part-";
  private static final String ONCE = "once-";

  /// Temporary files, as far as uploads that can be resumed make them. Without a ticket one that
  /// comes when there are so many cannot be resumed.
  static final int MOST = 10_000;

  private static final Duration BETWEEN = Duration.ofHours(1);
  private static final int CHUNK = 256 * 1024;
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;

  // Locks are the process's: those of its own threads must be told apart here.
  private final Set<Path> own = ConcurrentHashMap.newKeySet();

  private final Duration keep;

  /// When it was cleaned last, of the monotonic clock.
  private final AtomicLong cleaned = new AtomicLong(System.nanoTime());

  /// @param keep how long what nobody writes to waits to be resumed
  Passages(Path root, Duration keep) {
    this.folder = root.resolve(FOLDER);
    this.keep = keep;
  }

  private Path part(Deposit deposit) {
    return folder.resolve(PART + key(deposit));
  }

  private static LibraryException busy() {
    return new LibraryException(Code.BUSY, "somebody else is writing this very upload");
  }

  /// How much of a cut upload is there.
  OptionalLong kept(Deposit deposit) throws IOException {
    try {
      var attributes =
          Files.readAttributes(part(deposit), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? OptionalLong.of(attributes.size()) : OptionalLong.empty();
    } catch (NoSuchFileException none) {
      return OptionalLong.empty();
    }
  }

  /// Deletes what is there of a cut upload.
  void forget(Deposit deposit) throws IOException {
    Path path = part(deposit);
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !deleteUnused(path)) {
      throw busy();
    }
  }

  /// A temporary file for an upload, at its end; what is there is fed to the digest.
  Passage open(Deposit deposit, MessageDigest digest) throws IOException {
    makeFolder();
    if (deposit.resumable() && roomFor(deposit)) {
      boolean ticket = deposit.ticket().isPresent();
      Path path = part(deposit);
      FileChannel channel = lock(path);
      if (channel == null && ticket) {
        throw busy();
      }
      if (channel != null) {
        try {
          long present = present(channel, deposit, digest);
          // Who has a ticket finds it there from the beginning.
          return new Passage(
              path,
              channel,
              present,
              ticket ? Passage.Stay.ALWAYS : Passage.Stay.BEGUN,
              () -> own.remove(path));
        } catch (Throwable thrown) {
          channel.close();
          own.remove(path);
          throw thrown;
        }
      }
    }
    Path path = folder.resolve(ONCE + UUID.randomUUID());
    FileChannel channel = lock(path);
    if (channel == null) {
      throw new IOException("somebody has locked a file of a name that was made up just now");
    }
    return new Passage(path, channel, 0, Passage.Stay.NEVER, () -> own.remove(path));
  }

  private void makeFolder() throws IOException {
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
    } catch (FileAlreadyExistsException made) {
      // By another first upload, at the same time; what else has this name is no place for uploads.
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileSystemException(folder.toString(), null, "not a folder");
      }
    }
  }

  /// Whether one more upload may be kept: what is begun and never gone on with must have an end.
  ///
  /// @throws LibraryException with `BUSY` for one that comes in parts, and cannot do without
  private boolean roomFor(Deposit deposit) throws IOException {
    cleanHourly();
    if (kept(deposit).isPresent() || !full()) {
      return true;
    }
    if (deposit.ticket().isPresent()) {
      throw new LibraryException(Code.BUSY, "there are too many uploads that nobody goes on with");
    }
    return false;
  }

  /// Opened and locked, or null where somebody else has it.
  private @Nullable FileChannel lock(Path path) throws IOException {
    if (!own.add(path)) {
      return null;
    }
    @Nullable FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              LinkOption.NOFOLLOW_LINKS);
      FileLock lock = channel.tryLock();
      // Between the opening and the lock its owner may have given it another name.
      if (lock != null && Files.exists(path)) {
        return channel;
      }
    } catch (OverlappingFileLockException another) {
      // A second library on the same folder in this process.
    } catch (Throwable thrown) {
      if (channel != null) {
        channel.close();
      }
      own.remove(path);
      throw thrown;
    }
    if (channel != null) {
      channel.close();
    }
    own.remove(path);
    return null;
  }

  /// How much is there, with the channel behind it.
  private static long present(FileChannel channel, Deposit deposit, MessageDigest digest)
      throws IOException {
    if (channel.size() > deposit.size()) {
      channel.truncate(0);
    }
    if (deposit.ticket().isPresent()) {
      // It is opened anew for each part that comes: to read it each time would cost its square.
      channel.position(channel.size());
      return channel.position();
    }
    return feed(channel, digest);
  }

  /// Feeds what is in a file from here on.
  static long feed(FileChannel channel, MessageDigest digest) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    long present = 0;
    for (int read = channel.read(chunk); read >= 0; read = channel.read(chunk)) {
      digest.update(chunk.flip());
      chunk.clear();
      present += read;
    }
    return present;
  }

  private static String key(Deposit deposit) {
    MessageDigest digest = Checksum.digest();
    String checksum = deposit.checksum().map(Checksum::hex).orElse("-");
    String ticket = deposit.ticket().map(word -> word + " ").orElse("");
    String all = deposit.size() + " " + checksum + " " + ticket + deposit.name();
    digest.update(all.getBytes(StandardCharsets.UTF_8));
    return Checksum.of(digest).hex();
  }

  /// Whether there are as many temporary files as there may be.
  private boolean full() throws IOException {
    int count = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path _ : all) {
        count++;
      }
    }
    return count >= MOST;
  }

  private void cleanHourly() throws IOException {
    long now = System.nanoTime();
    long last = cleaned.get();
    if (now - last > BETWEEN.toNanos() && cleaned.compareAndSet(last, now)) {
      clean();
    }
  }

  /// Deletes what nobody writes to and nobody can resume any more.
  void clean() throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    FileTime limit = FileTime.from(Instant.now().minus(keep));
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "{part,once}-*")) {
      for (Path path : left) {
        boolean old =
            Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).compareTo(limit) < 0;
        if (old || path.getFileName().toString().startsWith(ONCE)) {
          deleteUnused(path);
        }
      }
    }
  }

  /// @return whether nobody used it
  private boolean deleteUnused(Path path) throws IOException {
    FileChannel channel = lock(path);
    if (channel == null) {
      return false;
    }
    try (channel) {
      Files.deleteIfExists(path);
    } finally {
      own.remove(path);
    }
    return true;
  }
}
