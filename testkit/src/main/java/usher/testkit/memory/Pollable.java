package usher.testkit.memory;

import java.io.IOException;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What the kernel keeps behind a descriptor: something that is ready for certain operations or
/// not, and that threads and selectors wait for.
///
/// Everything here and below is guarded by the one lock of the network, except [#attempt], which
/// takes it.
abstract class Pollable {
  /// Ready for whatever the key is interested in, as after an error or a hang-up.
  static final int ALL = -1;

  private final ReentrantLock lock;
  private final Condition changed;
  private final List<MemoryKey> keys = new ArrayList<>(1);

  Pollable(ReentrantLock lock) {
    this.lock = lock;
    this.changed = lock.newCondition();
  }

  /// The operations that would not block now, as in `SelectionKey.readyOps`.
  abstract int ready();

  final void add(MemoryKey key) {
    keys.add(key);
  }

  final void remove(MemoryKey key) {
    keys.remove(key);
  }

  /// Tells all that wait to look again.
  final void announce() {
    changed.signalAll();
    for (MemoryKey key : keys) {
      key.selector().consider(key);
    }
  }

  /// One try of an operation: what it moved, or 0 when it would block.
  @FunctionalInterface
  interface Attempt {
    long run() throws IOException;
  }

  /// Tries until something moves or `channel` is closed; tries once if not to `wait`. Returns what
  /// moved, or 0.
  ///
  /// The wait cannot be interrupted: an interrupt closes the channel, and that ends it.
  final long attempt(Channel channel, boolean wait, Attempt attempt) throws IOException {
    lock.lock();
    try {
      while (channel.isOpen()) {
        long moved = attempt.run();
        if (moved != 0 || !wait) {
          return moved;
        }
        changed.awaitUninterruptibly();
      }
      return 0;
    } finally {
      lock.unlock();
    }
  }
}
