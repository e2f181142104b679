package usher.files.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import usher.files.Checksum;
import usher.files.Deposit;
import usher.files.FileEntry;
import usher.files.LibraryException;
import usher.files.LibraryException.Code;
import usher.files.Upload;

/// An upload into a temporary file of the same file system. Its order makes it durable: contents to
/// the disk (`fsync`), then the name (`rename`, or `link` where no other file may be replaced),
/// then the folder to the disk.
final class FolderUpload implements Upload {
  private final FolderLibrary library;
  private final Deposit deposit;
  private final Passage passage;
  private final FileChannel channel;
  private final MessageDigest digest;
  private final long most;
  private long offset;

  /// What the budget keeps room for.
  private long promised;

  /// The part of it that has not come.
  private long open;

  private boolean ended;

  /// @param passage locked, and ended by this
  /// @param digest of what is there
  FolderUpload(
      FolderLibrary library, Deposit deposit, Passage passage, MessageDigest digest, long most) {
    this.library = library;
    this.deposit = deposit;
    this.passage = passage;
    this.channel = passage.channel();
    this.digest = digest;
    this.most = most;
    this.offset = passage.present();
    this.promised = Math.max(0, deposit.size());
    this.open = Math.max(0, deposit.size() - offset);
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public void write(ByteBuffer bytes) {
    int count = bytes.remaining();
    if (deposit.size() != Deposit.UNKNOWN && offset + count > deposit.size()) {
      throw spoilt("more bytes have come than the " + deposit.size() + " that were announced");
    }
    if (offset + count > most) {
      passage.spoil();
      throw new LibraryException(Code.TOO_LARGE, FolderLibrary.tooLarge(most));
    }
    if (deposit.size() == Deposit.UNKNOWN) {
      library.budget().take(count, count);
      promised += count;
      open += count;
    }
    if (deposit.ticket().isEmpty()) {
      digest.update(bytes.duplicate());
    }
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException thrown) {
      throw failed(thrown);
    }
    offset += count;
    open -= count;
    library.budget().landed(count);
  }

  @Override
  public FileEntry commit() {
    if (deposit.size() != Deposit.UNKNOWN && offset != deposit.size()) {
      throw new LibraryException(
          Code.MISMATCH, offset + " of the " + deposit.size() + " bytes have come");
    }
    Checksum checksum = checksum();
    if (deposit.checksum().filter(wanted -> !wanted.equals(checksum)).isPresent()) {
      throw spoilt("the SHA-256 of what has come is " + checksum);
    }
    try {
      channel.force(true);
      Path file = passage.path();
      var attributes = FolderTree.attributes(file);
      KnownChecksums.note(file, attributes, checksum);
      long replaced = library.place(deposit, file);
      passage.arrived();
      ended = true;
      passage.close();
      library.budget().end(promised, open, offset - replaced);
      return new FileEntry(
          deposit.name(), offset, attributes.lastModifiedTime().toInstant(), Optional.of(checksum));
    } catch (LibraryException taken) {
      passage.spoil();
      throw taken;
    } catch (IOException thrown) {
      throw failed(thrown);
    }
  }

  /// Half a file is not kept for whoever may go on with it where others need its room.
  private LibraryException failed(IOException thrown) {
    LibraryException trouble = library.trouble(thrown, deposit.name());
    return switch (trouble.code()) {
      case NO_SPACE -> {
        passage.spoil();
        yield trouble;
      }
      // It was there a moment ago.
      case NOT_FOUND -> new LibraryException(Code.BROKEN, "what had come is gone", thrown);
      default -> trouble;
    };
  }

  private Checksum checksum() {
    if (deposit.ticket().isPresent()) {
      // It came in parts, and not all of them to this object.
      try {
        Passages.feed(channel.position(0), digest);
      } catch (IOException thrown) {
        throw failed(thrown);
      }
    }
    return Checksum.of(digest);
  }

  private LibraryException spoilt(String why) {
    passage.spoil();
    return new LibraryException(Code.MISMATCH, why);
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    library.budget().end(promised, open, 0);
    passage.close();
  }

  /// The temporary file that an upload is written to, locked as long as somebody writes: the lock
  /// of a process that was killed is the system's to give back, and who finds a file unlocked may
  /// have it.
  static final class Passage {
    /// Whether it stays when nobody writes it any more.
    enum Stay {
      NEVER,
      /// If there is something in it to go on behind.
      BEGUN,
      ALWAYS
    }

    private final Path path;
    private final FileChannel channel;
    private final Runnable forget;
    private final long present;
    private Stay stay;

    Passage(Path path, FileChannel channel, long present, Stay stay, Runnable forget) {
      this.path = path;
      this.channel = channel;
      this.present = present;
      this.stay = stay;
      this.forget = forget;
    }

    Path path() {
      return path;
    }

    FileChannel channel() {
      return channel;
    }

    /// How many bytes were there.
    long present() {
      return present;
    }

    /// Nobody will want what has come.
    void spoil() {
      stay = Stay.NEVER;
    }

    /// It has another name now.
    void arrived() {
      stay = Stay.ALWAYS;
    }

    void close() {
      try {
        if (stay == Stay.NEVER || (stay == Stay.BEGUN && channel.size() == 0)) {
          Files.deleteIfExists(path);
        }
        channel.close();
      } catch (IOException thrown) {
        // It is found and deleted when the library is opened the next time.
      } finally {
        forget.run();
      }
    }
  }
}
