package usher.testkit.memory;

import java.nio.ByteBuffer;

/// A bounded queue of bytes: a ring that grows up to its capacity, so that ten thousand idle
/// connections cost little. Not safe for use by several threads.
final class Ring {
  private static final int FIRST_SIZE = 512;

  private final int capacity;
  private byte[] bytes = new byte[0];
  private int head;
  private int size;

  Ring(int capacity) {
    this.capacity = capacity;
  }

  int size() {
    return size;
  }

  int free() {
    return capacity - size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void clear() {
    bytes = new byte[0];
    head = 0;
    size = 0;
  }

  /// Moves bytes from `source` to the end of the queue: as many as there are, fit, and `most`
  /// allows.
  int put(ByteBuffer source, long most) {
    int count = (int) Math.min(most, Math.min(source.remaining(), free()));
    grow(size + count);
    int left = count;
    while (left > 0) {
      int at = (head + size) % bytes.length;
      int run = Math.min(left, bytes.length - at);
      source.get(bytes, at, run);
      size += run;
      left -= run;
    }
    return count;
  }

  /// Moves bytes from the head of the queue to `target`: as many as there are, fit, and `most`
  /// allows.
  int take(ByteBuffer target, long most) {
    int count = (int) Math.min(most, Math.min(target.remaining(), size));
    int left = count;
    while (left > 0) {
      int run = Math.min(left, bytes.length - head);
      target.put(bytes, head, run);
      head = (head + run) % bytes.length;
      size -= run;
      left -= run;
    }
    return count;
  }

  private void grow(int wanted) {
    if (wanted <= bytes.length) {
      return;
    }
    int length = Math.max(FIRST_SIZE, bytes.length);
    while (length < wanted) {
      length = (int) Math.min(capacity, 2L * length);
    }
    byte[] larger = new byte[Math.min(length, capacity)];
    int first = Math.min(size, bytes.length - head);
    System.arraycopy(bytes, head, larger, 0, first);
    System.arraycopy(bytes, 0, larger, first, size - first);
    bytes = larger;
    head = 0;
  }
}
