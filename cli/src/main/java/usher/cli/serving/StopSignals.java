package usher.cli.serving;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import usher.cli.console.Signals;

/// The signals that ask a server to stop: `INT` (Ctrl-C), `TERM`, and `HUP` where there is nothing
/// to reload.
///
/// A shutdown hook would not do: while hooks run, the JVM hears no second signal, and it chooses
/// the exit code. So this takes over the signals themselves: [Signals].
final class StopSignals {
  private final CountDownLatch first = new CountDownLatch(1);
  private final AtomicInteger count = new AtomicInteger();
  private final IntConsumer again;

  private StopSignals(IntConsumer again) {
    this.again = again;
  }

  /// Hears them from now on.
  ///
  /// @param again called for the second signal, on a thread of its own, with the signal's number
  /// @param reload done for `HUP` in place of stopping, as long as the server has not been asked to
  ///   stop; null if there is nothing to reload
  static StopSignals hear(IntConsumer again, @Nullable Runnable reload) {
    StopSignals signals = new StopSignals(again);
    Signals.handle("INT", () -> signals.heard(2));
    Signals.handle("TERM", () -> signals.heard(15));
    Signals.handle("HUP", () -> signals.hangUp(reload));
    return signals;
  }

  private void hangUp(@Nullable Runnable reload) {
    if (reload != null && count.get() == 0) {
      // On a thread of its own: other signals must be heard meanwhile.
      Thread.ofPlatform().daemon().name("usher-reload").start(reload);
    } else {
      heard(1);
    }
  }

  /// The same as the first signal, if none has come yet.
  void ask() {
    if (count.compareAndSet(0, 1)) {
      first.countDown();
    }
  }

  /// Waits for the first.
  void await() throws InterruptedException {
    first.await();
  }

  private void heard(int number) {
    switch (count.incrementAndGet()) {
      case 1 -> first.countDown();
      case 2 -> again.accept(number);
      default -> {}
    }
  }
}
