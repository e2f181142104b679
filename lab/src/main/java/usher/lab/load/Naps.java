package usher.lab.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Waits until a time, or until something is ready, without burning the processor for it.
///
/// A selector waits in whole milliseconds. So it is left to wait while the time is further away
/// than that; from then on the thread sleeps in short naps and looks at the selector between them.
/// An answer that comes meanwhile is seen a nap later at most. A thread that naps between any two
/// requests of 20,000 a second does little else, so that at high rates naps have a least length.
final class Naps {
  private static final long MILLI = 1_000_000;

  /// What a select of a millisecond may last.
  private static final long SELECT = 1_200_000;

  /// The longest nap while answers may come: they are seen so late at most.
  private static final long NAP = 50_000;

  /// What is closer than this is not worth a nap.
  private static final long SPIN = 8_000;

  /// From this rate on, in requests a second, the naps would be all that it does.
  private static final double DENSE = 10_000;

  /// The shortest nap then: what is due meanwhile goes out together.
  private static final long DENSE_NAP = 100_000;

  private final Selector selector;
  private final Consumer<SelectionKey> action;
  private final long shortest;

  /// @param rate of what is due, a second
  Naps(Selector selector, Consumer<SelectionKey> action, double rate) {
    this.selector = selector;
    this.action = action;
    this.shortest = rate > DENSE ? DENSE_NAP : 0;
  }

  /// What is done with a channel that is ready.
  Consumer<SelectionKey> action() {
    return action;
  }

  /// Asks the system to let this thread sleep as exactly as it can; else each nap takes some 50
  /// microseconds more than it should. For Linux; elsewhere nothing is done.
  static void sharpen() {
    try {
      // "PID/task/TID": the directory of a thread is there by its number, too.
      Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
      Files.writeString(Path.of("/proc").resolve(thread).resolve("timerslack_ns"), "1");
    } catch (IOException | RuntimeException e) {
      // The naps are longer then.
    }
  }

  /// Returns when something is due, or was ready, or a little earlier.
  ///
  /// @param due as of `System.nanoTime`: exactly
  /// @param tick the same: a millisecond later will do
  /// @param answers whether some may come
  void await(long due, long tick, boolean answers) throws IOException {
    long now = System.nanoTime();
    long left = due - now;
    if (left > SELECT) {
      long millis = Math.min(left - (SELECT - MILLI), tick - now) / MILLI;
      selector.select(action, Math.max(1, millis));
      return;
    }
    if (selector.selectNow(action) > 0 || left < SPIN) {
      return;
    }
    LockSupport.parkNanos(Math.max(shortest, answers ? Math.min(left, NAP) : left));
  }
}
