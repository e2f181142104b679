package usher.http.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/// A spool in a temporary file that has no name any more: it is removed from its folder as soon as
/// it is open (where the system allows it, else when it is closed), so that nothing is left behind
/// however the process ends.
public final class FileSpool implements Spool {
  private final FileChannel file;
  private volatile long length;

  private FileSpool(FileChannel file) {
    this.file = file;
  }

  /// Opens a spool in this folder.
  public static FileSpool in(Path folder) throws IOException {
    Path path = Files.createTempFile(folder, "usher-", ".body");
    try {
      return new FileSpool(
          FileChannel.open(
              path,
              Set.of(
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.DELETE_ON_CLOSE)));
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  @Override
  public void append(ByteBuffer bytes) throws IOException {
    long at = length;
    while (bytes.hasRemaining()) {
      at += file.write(bytes, at);
    }
    length = at;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public InputStream stream() {
    return new Reader();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// Reads at its own place, so that several readers do not meet.
  private final class Reader extends InputStream {
    private long at;

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
      Objects.checkFromIndexSize(offset, count, into.length);
      if (count == 0) {
        return 0;
      }
      int read = file.read(ByteBuffer.wrap(into, offset, count), at);
      if (read > 0) {
        at += read;
      }
      return read;
    }

    @Override
    public long skip(long count) {
      long skipped = Math.clamp(count, 0, length - at);
      at += skipped;
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, length - at);
    }
  }
}
