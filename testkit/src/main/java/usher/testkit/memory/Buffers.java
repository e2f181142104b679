package usher.testkit.memory;

import java.nio.ByteBuffer;

/// Sums over a range of buffers.
final class Buffers {
  private Buffers() {}

  static long remaining(ByteBuffer[] buffers, int offset, int length) {
    long sum = 0;
    for (int i = offset; i < offset + length; i++) {
      sum += buffers[i].remaining();
    }
    return sum;
  }

  static boolean hasRemaining(ByteBuffer[] buffers, int offset, int length) {
    return remaining(buffers, offset, length) > 0;
  }
}
