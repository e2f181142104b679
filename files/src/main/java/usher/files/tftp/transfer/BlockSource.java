package usher.files.tftp.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.files.tftp.wire.Mode;
import usher.files.tftp.wire.Netascii;

/// Cuts a file into blocks. Reads, and so may block; for one thread at a time.
public final class BlockSource {
  private static final int ROOM = 8 << 10;

  /// Tells nobody.
  public static final Watch UNWATCHED = bytes -> {};

  private final FileChannel file;
  private final long size;
  private final int blockSize;
  private final @Nullable Netascii text;
  private final ByteBuffer raw;
  private final Watch watch;
  private long position;

  /// Told how far it has come.
  @FunctionalInterface
  public interface Watch {
    /// So many bytes have been read.
    ///
    /// @throws IOException to make an end
    void read(long bytes) throws IOException;
  }

  /// Blocks, in their order.
  ///
  /// @param last whether no other follows
  public record Batch(List<byte[]> blocks, boolean last) {}

  /// @param file closed with this
  /// @param size how many of its bytes are sent; more that are appended later are not seen
  public BlockSource(FileChannel file, long size, Mode mode, int blockSize, Watch watch) {
    this.file = file;
    this.size = size;
    this.blockSize = blockSize;
    this.text = mode == Mode.NETASCII ? new Netascii() : null;
    this.raw = ByteBuffer.allocate(text == null ? 0 : ROOM).flip();
    this.watch = watch;
  }

  /// The next blocks: the last one is shorter than a block, and may be empty.
  ///
  /// @throws IOException if the file has become shorter, or cannot be read
  public Batch read(int most) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(most, blockSize));
    Netascii encoder = text;
    if (encoder == null) {
      fill(out);
    } else {
      while (out.hasRemaining() && (raw.hasRemaining() || encoder.pending() || position < size)) {
        if (!raw.hasRemaining()) {
          fill(raw.clear());
          raw.flip();
        }
        encoder.encode(raw, out);
      }
    }
    watch.read(position);
    boolean last = out.hasRemaining();
    return new Batch(cut(out.flip(), last), last);
  }

  private void fill(ByteBuffer out) throws IOException {
    int limit = out.limit();
    out.limit((int) Math.min(limit, out.position() + size - position));
    while (out.hasRemaining()) {
      int count = file.read(out, position);
      if (count < 0) {
        throw new IOException("the file has become shorter than " + size + " bytes");
      }
      position += count;
    }
    out.limit(limit);
  }

  private List<byte[]> cut(ByteBuffer bytes, boolean last) {
    List<byte[]> blocks = new ArrayList<>(bytes.remaining() / blockSize + 1);
    while (bytes.remaining() >= blockSize) {
      blocks.add(take(bytes, blockSize));
    }
    if (last) {
      blocks.add(take(bytes, bytes.remaining()));
    }
    return blocks;
  }

  private static byte[] take(ByteBuffer bytes, int count) {
    byte[] block = new byte[count];
    bytes.get(block);
    return block;
  }

  void close() {
    try {
      file.close();
    } catch (IOException thrown) {
      // It was only read.
    }
  }
}
