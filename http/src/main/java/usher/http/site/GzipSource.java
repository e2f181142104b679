package usher.http.site;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import usher.http.ResponseBody;

/// A file that is compressed as it is pulled (RFC 1952). Holds a compressor of some 300 KB from the
/// first pull until it is closed. A file that has become too short fails the pull.
final class GzipSource implements ResponseBody.Source {
  private static final int IN = 16 << 10;

  /// Magic number, deflate, no flags, no time, no hint, unknown system.
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  private final FileChannel file;
  private final long length;
  private final Closeable lease;
  private final CRC32 sum = new CRC32();
  private @Nullable Deflater deflater;
  private @Nullable ByteBuffer in;

  /// What stands before and behind the compressed bytes and has not been pulled yet.
  private ByteBuffer frame = ByteBuffer.wrap(HEADER);

  private long position;
  private boolean ended;

  /// @param lease closed with this body
  GzipSource(FileChannel file, long length, Closeable lease) {
    this.file = file;
    this.length = length;
    this.lease = lease;
  }

  /// Bytes compressed at once, for what is kept.
  static byte[] compress(byte[] bytes) {
    var out = new ByteArrayOutputStream(bytes.length / 3 + 64);
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new AssertionError("memory does not fail", impossible);
    }
    return out.toByteArray();
  }

  @Override
  public int pull(ByteBuffer into) throws IOException {
    int start = into.position();
    while (into.hasRemaining()) {
      if (frame.hasRemaining()) {
        int fits = Math.min(frame.remaining(), into.remaining());
        into.put(frame.slice().limit(fits));
        frame.position(frame.position() + fits);
      } else if (ended) {
        break;
      } else {
        deflate(into);
      }
    }
    int count = into.position() - start;
    return count == 0 && ended ? -1 : count;
  }

  private void deflate(ByteBuffer into) throws IOException {
    Deflater compressor = deflater;
    if (compressor == null) {
      compressor = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
      deflater = compressor;
    }
    if (compressor.deflate(into) > 0) {
      return;
    }
    if (compressor.finished()) {
      frame =
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt((int) sum.getValue())
              .putInt((int) length)
              .flip();
      ended = true;
    } else if (position == length) {
      compressor.finish();
    } else {
      compressor.setInput(read());
    }
  }

  private ByteBuffer read() throws IOException {
    ByteBuffer buffer = in;
    if (buffer == null) {
      buffer = ByteBuffer.allocate((int) Math.min(IN, length));
      in = buffer;
    }
    buffer.clear().limit((int) Math.min(buffer.capacity(), length - position));
    int count = file.read(buffer, position);
    if (count < 0) {
      throw new IOException("the file is " + (length - position) + " bytes too short");
    }
    position += count;
    buffer.flip();
    sum.update(buffer.duplicate());
    return buffer;
  }

  @Override
  public void close() throws IOException {
    ended = true;
    Deflater compressor = deflater;
    if (compressor != null) {
      deflater = null;
      compressor.end();
    }
    lease.close();
  }
}
