package usher.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;

/// A body in memory: the first bytes of an array.
final class MemoryBody implements RequestBody {
  static final byte[] NOTHING = {};
  static final MemoryBody EMPTY = new MemoryBody(NOTHING, 0);

  private final byte[] array;
  private final int length;

  MemoryBody(byte[] array, int length) {
    this.array = array;
    this.length = length;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public boolean inMemory() {
    return true;
  }

  @Override
  public InputStream stream() {
    return new ByteArrayInputStream(array, 0, length);
  }

  @Override
  public byte[] bytes() {
    return Arrays.copyOf(array, length);
  }

  @Override
  public String text(Charset charset) {
    return new String(array, 0, length, charset);
  }
}
