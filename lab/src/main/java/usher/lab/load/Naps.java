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
/// An answer that comes meanwhile is seen a nap later at most.
final class Naps {
  private static final long MILLI = 1_000_000;

  /// What a select of a millisecond may last.
  private static final long SELECT = 1_200_000;

  /// The longest nap while answers may come: they are seen so late at most.
  private static final long NAP = 50_000;

  /// What is closer than this is not worth a nap.
  private static final long SPIN = 8_000;

  private final Selector selector;
  private final Consumer<SelectionKey> action;

  Naps(Selector selector, Consumer<SelectionKey> action) {
    this.selector = selector;
    this.action = action;
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

  /// Returns when it is time, or something was ready, or a little earlier.
  ///
  /// @param until as of `System.nanoTime`
  /// @param answers whether some may come
  void await(long until, boolean answers) throws IOException {
    long left = until - System.nanoTime();
    if (left > SELECT) {
      selector.select(action, (left - (SELECT - MILLI)) / MILLI);
      return;
    }
    if (selector.selectNow(action) > 0 || left < SPIN) {
      return;
    }
    LockSupport.parkNanos(answers ? Math.min(left, NAP) : left);
  }
}
