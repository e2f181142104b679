package usher.lab.load.wire;

import java.nio.ByteBuffer;

/// A line up to its line feed, which counts as part of its length. Any line is an answer.
public final class LineAnswer implements Answer {
  private long length;

  @Override
  public void begin(boolean bodiless) {
    length = 0;
  }

  @Override
  public Progress read(ByteBuffer bytes) {
    int from = bytes.position();
    for (int at = from; at < bytes.limit(); at++) {
      if (bytes.get(at) == '\n') {
        length += at + 1 - from;
        bytes.position(at + 1);
        return Progress.WHOLE;
      }
    }
    length += bytes.remaining();
    bytes.position(bytes.limit());
    return Progress.MORE;
  }

  @Override
  public Progress end() {
    return Progress.BROKEN;
  }

  @Override
  public int status() {
    return 0;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public boolean last() {
    return false;
  }
}
