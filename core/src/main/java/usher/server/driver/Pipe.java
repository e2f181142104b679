package usher.server.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A bounded run of bytes between blocking code, which waits, and a session on a loop, which never
/// does. One direction; the blocking side is a stream, the other side [#put] and [#take].
///
/// Thread-safe. Holds at most [#MOST] bytes, in a ring that is made with the first byte.
final class Pipe {
  static final int MOST = 16 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Runnable told;
  private final Stint stint;
  private byte @Nullable [] ring;
  private int start;
  private int size;
  private boolean ended;
  private long waits;
  private boolean waiting;
  private @Nullable IOException broken;

  /// @param told called by the blocking side after it has made room or bytes, and when it begins to
  ///   wait; must not block
  /// @param stint the blocking side's, which does not count while it waits
  Pipe(Runnable told, Stint stint) {
    this.told = told;
    this.stint = stint;
  }

  // ---- the side that never waits

  /// Takes what fits out of the buffer.
  void put(ByteBuffer bytes) {
    lock.lock();
    try {
      while (bytes.hasRemaining() && size < MOST) {
        byte[] ring = ring();
        int at = (start + size) % MOST;
        int count = Math.min(bytes.remaining(), Math.min(MOST - size, MOST - at));
        bytes.get(ring, at, count);
        size += count;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// All bytes that are here, or null if there are none.
  @Nullable ByteBuffer take() {
    lock.lock();
    try {
      if (size == 0) {
        return null;
      }
      byte[] bytes = new byte[size];
      copy(bytes, 0, size);
      changed.signalAll();
      return ByteBuffer.wrap(bytes);
    } finally {
      lock.unlock();
    }
  }

  boolean full() {
    lock.lock();
    try {
      return size == MOST;
    } finally {
      lock.unlock();
    }
  }

  /// The number of the wait in which blocking code waits for bytes, counted from 1, or 0 if it does
  /// not wait, or need not any longer.
  long waitForBytes() {
    lock.lock();
    try {
      return waiting && size == 0 && !ended ? waits : 0;
    } finally {
      lock.unlock();
    }
  }

  /// No more bytes will be put, or taken.
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whoever waits, or comes, is told that the connection has failed.
  void fail(IOException thrown) {
    lock.lock();
    try {
      broken = thrown;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // ---- the side that waits

  /// The blocking side as an input: -1 after the end.
  InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        java.util.Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
          return 0;
        }
        int count;
        lock.lock();
        try {
          await(() -> size == 0 && !ended);
          if (size == 0) {
            return -1;
          }
          count = Math.min(length, size);
          copy(into, offset, count);
        } finally {
          lock.unlock();
        }
        told.run();
        return count;
      }

      @Override
      public int available() {
        lock.lock();
        try {
          return size;
        } finally {
          lock.unlock();
        }
      }
    };
  }

  /// The blocking side as an output: a write waits while the pipe is full.
  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(from, offset, length);
        while (bytes.hasRemaining()) {
          lock.lock();
          try {
            await(() -> size == MOST && !ended);
            if (ended) {
              throw new IOException("the connection is closed");
            }
            put(bytes);
          } finally {
            lock.unlock();
          }
          told.run();
        }
      }
    };
  }

  private void await(java.util.function.BooleanSupplier blocked) throws IOException {
    if (blocked.getAsBoolean() && broken == null) {
      waits++;
      waiting = true;
      // Only now the other side knows that there is something to wait for, and for how long.
      told.run();
      stint.pause();
      while (blocked.getAsBoolean() && broken == null) {
        changed.awaitUninterruptibly();
      }
      stint.resume();
      waiting = false;
    }
    if (broken != null) {
      throw new IOException(broken.getMessage(), broken);
    }
  }

  private void copy(byte[] into, int offset, int count) {
    byte[] ring = ring();
    int first = Math.min(count, MOST - start);
    System.arraycopy(ring, start, into, offset, first);
    System.arraycopy(ring, 0, into, offset + first, count - first);
    start = (start + count) % MOST;
    size -= count;
  }

  private byte[] ring() {
    byte[] made = ring;
    if (made == null) {
      made = new byte[MOST];
      ring = made;
    }
    return made;
  }
}
