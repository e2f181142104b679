package usher.cli.serving;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// The signals that ask a server to stop: `INT` (Ctrl-C), `TERM`, and `HUP` where there is nothing
/// to reload.
///
/// A shutdown hook would not do: while hooks run, the JVM hears no second signal, and it chooses
/// the exit code. So this takes over the signals themselves, through `sun.misc.Signal`, the
/// documented if unsupported way. It is called by reflection because javac warns of the name in a
/// manner that cannot be switched off. A signal that was ignored when the process started (`nohup`,
/// a shell's `&`) stays so.
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
    signals.handle("INT", () -> signals.heard(2));
    signals.handle("TERM", () -> signals.heard(15));
    signals.handle("HUP", () -> signals.hangUp(reload));
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

  private void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
    } catch (ReflectiveOperationException absent) {
      // The JVM's own way with this signal remains: it ends the process at once.
    }
  }

  private void heard(int number) {
    switch (count.incrementAndGet()) {
      case 1 -> first.countDown();
      case 2 -> again.accept(number);
      default -> {}
    }
  }
}
