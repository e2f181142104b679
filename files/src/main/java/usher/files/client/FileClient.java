package usher.files.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import usher.files.Checksum;
import usher.files.FileEntry;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.frame.FileProtocol;
import usher.files.frame.Frame;
import usher.server.Address;

/// A client of the file protocol (`docs/protocols/files.md`), for one thread at a time. All methods
/// block, [#PATIENCE] at most where the server does nothing.
///
/// What a server refuses is a [LibraryException] and the connection goes on; an [IOException] means
/// that it is over, and [#open] says whether it is. Interrupting the thread ends what it does with
/// an [IOException], a [Cancelled] while it waits for the server.
public final class FileClient implements AutoCloseable {
  /// How long a silent server is waited for.
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int CHUNK = 256 * 1024;

  private final Wire wire;
  private final boolean writable;
  private boolean open = true;

  private FileClient(Wire wire, boolean writable) {
    this.wire = wire;
    this.writable = writable;
  }

  /// Connects and greets.
  ///
  /// @param token where the server wants one
  /// @throws LibraryException with `DENIED` if the token is wrong, `BUSY` if there is no room
  public static FileClient connect(Address address, Optional<String> token) throws IOException {
    Wire wire = Wire.connect(address, PATIENCE);
    try {
      wire.write(Frame.of(FileProtocol.GREETING + token.map(t -> " " + t).orElse("")));
      String[] words = answer(wire).split(" ", -1);
      if (words.length < 4 || !words[1].equals("usher-files")) {
        throw new IOException("this is no server of files");
      }
      return new FileClient(wire, words[3].equals("writable"));
    } catch (Throwable thrown) {
      wire.close();
      throw thrown;
    }
  }

  /// Whether the server takes files.
  public boolean writable() {
    return writable;
  }

  /// Whether it can be used on.
  public boolean open() {
    return open;
  }

  /// All files of the server. Names that can be no names here are left out.
  public List<FileEntry> list() throws IOException {
    return guarded(
        () -> {
          wire.write(Frame.of("LIST"));
          List<FileEntry> all = new ArrayList<>();
          for (String line = answer(wire); !line.startsWith("END "); line = answer(wire)) {
            FileEntry entry = entry(line);
            if (entry != null) {
              all.add(entry);
            }
          }
          return all;
        });
  }

  /// One of them.
  public FileEntry stat(FileName name) throws IOException {
    return guarded(
        () -> {
          wire.write(Frame.of("STAT " + name));
          FileEntry entry = entry(answer(wire));
          if (entry == null) {
            throw strange();
          }
          return entry;
        });
  }

  /// Fetches a file, or goes on with an earlier attempt. It has its name once it is whole and its
  /// checksum is right; until then a hidden file in the same folder has what came.
  ///
  /// @param target replaced if it is there
  public FileEntry get(FileName name, Path target, Progress progress) throws IOException {
    return guarded(
        () -> {
          Download download = new Download(target);
          wire.write(Frame.of("GET " + download.present() + " " + name));
          String line;
          try {
            line = answer(wire);
          } catch (LibraryException refused) {
            // An earlier attempt at a longer file of that name.
            if (download.present() == 0 || refused.code() != LibraryException.Code.MISMATCH) {
              throw refused;
            }
            download.forget();
            wire.write(Frame.of("GET 0 " + name));
            line = answer(wire);
          }
          String[] words = line.split(" ", -1);
          if (words.length != 5 || !words[0].equals("DATA")) {
            throw strange();
          }
          FileEntry entry =
              new FileEntry(
                  name, number(words[2]), time(words[3]), Optional.of(checksum(words[4])));
          download.receive(wire, number(words[1]), entry, progress);
          return entry;
        });
  }

  /// Sends a file, or goes on with an earlier attempt.
  ///
  /// @param ifAbsent whether a file of that name stays as it is
  public FileEntry put(Path file, FileName name, boolean ifAbsent, Progress progress)
      throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      Checksum checksum = checksum(channel, progress, size);
      return guarded(
          () -> {
            String mode = ifAbsent ? "absent" : "replace";
            wire.write(Frame.of("PUT " + size + " " + checksum + " " + mode + " " + name));
            String[] words = answer(wire).split(" ", -1);
            if (words.length != 2 || !words[0].equals("SEND")) {
              throw strange();
            }
            send(channel, number(words[1]), size, progress);
            words = answer(wire).split(" ", -1);
            if (words.length != 4 || !words[0].equals("STORED")) {
              throw strange();
            }
            return new FileEntry(
                name, number(words[1]), time(words[2]), Optional.of(checksum(words[3])));
          });
    }
  }

  private static Checksum checksum(FileChannel channel, Progress progress, long size)
      throws IOException {
    MessageDigest digest = Checksum.digest();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    while (channel.read(chunk) >= 0) {
      digest.update(chunk.flip());
      chunk.clear();
      if (!progress.at(0, size)) {
        throw new Cancelled();
      }
    }
    return Checksum.of(digest);
  }

  private void send(FileChannel channel, long from, long size, Progress progress)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    long sent = from;
    channel.position(from);
    while (sent < size) {
      if (!progress.at(sent, size)) {
        throw new Cancelled();
      }
      chunk.clear().limit((int) Math.min(CHUNK, size - sent));
      if (channel.read(chunk) < 0) {
        throw new IOException("the file has become shorter while it was sent");
      }
      sent += chunk.flip().remaining();
      wire.write(chunk);
      if (sent < size && wire.heard()) {
        // It does not want the rest.
        String line = wire.message();
        open = false;
        throw refusal(line);
      }
    }
    progress.at(size, size);
  }

  private interface Exchange<T> {
    T run() throws IOException;
  }

  /// After trouble on the way nobody knows where a message begins.
  private <T> T guarded(Exchange<T> exchange) throws IOException {
    if (!open) {
      throw new IOException("the connection is closed");
    }
    boolean usable = false;
    try {
      T result = exchange.run();
      usable = true;
      return result;
    } catch (LibraryException refused) {
      usable = open;
      throw refused;
    } finally {
      open = usable;
    }
  }

  private static String answer(Wire wire) throws IOException {
    String line = wire.message();
    if (line.startsWith("ERROR ")) {
      throw refusal(line);
    }
    return line;
  }

  private static LibraryException refusal(String line) {
    String[] words = line.split(" ", 3);
    String code = words.length > 1 ? words[1] : "";
    String text = words.length > 2 ? words[2] : code;
    return switch (code) {
      case "token" -> new LibraryException(LibraryException.Code.DENIED, text);
      case "range" -> new LibraryException(LibraryException.Code.MISMATCH, text);
      case "bad-request", "version" ->
          new LibraryException(LibraryException.Code.BROKEN, "the server says: " + text);
      default -> {
        try {
          String name = code.toUpperCase(Locale.ROOT).replace('-', '_');
          yield new LibraryException(LibraryException.Code.valueOf(name), text);
        } catch (IllegalArgumentException unknown) {
          yield new LibraryException(LibraryException.Code.BROKEN, code + ": " + text);
        }
      }
    };
  }

  /// Null where the name can be none here.
  private static @Nullable FileEntry entry(String line) throws IOException {
    String[] words = line.split(" ", 5);
    if (words.length != 5 || !words[0].equals("FILE")) {
      throw strange();
    }
    Optional<Checksum> checksum =
        words[3].equals("-") ? Optional.empty() : Optional.of(checksum(words[3]));
    try {
      return new FileEntry(new FileName(words[4]), number(words[1]), time(words[2]), checksum);
    } catch (LibraryException badName) {
      return null;
    }
  }

  private static long number(String text) throws IOException {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException wrong) {
      // Said below.
    }
    throw strange();
  }

  private static Instant time(String text) throws IOException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException wrong) {
      throw strange();
    }
  }

  private static Checksum checksum(String text) throws IOException {
    try {
      return new Checksum(text);
    } catch (IllegalArgumentException wrong) {
      throw strange();
    }
  }

  private static IOException strange() {
    return new IOException("the server says something that this client does not understand");
  }

  @Override
  public void close() throws IOException {
    open = false;
    wire.close();
  }
}
