package usher.testkit.contract;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/// Ends a trial that hangs, and says where everybody was. A platform thread for each trial: what is
/// on trial may hold the carriers of the virtual ones.
final class Watchdog implements AutoCloseable {
  private static final Duration PATIENCE = Trial.LONG.plusSeconds(10);

  private final Thread thread;

  Watchdog(Runnable abandon) {
    thread =
        Thread.ofPlatform()
            .daemon()
            .name("contract-watchdog")
            .start(
                () -> {
                  try {
                    Thread.sleep(PATIENCE);
                  } catch (InterruptedException inTime) {
                    return;
                  }
                  System.err.println("a trial hangs and is abandoned; the threads:");
                  Thread.getAllStackTraces().forEach(Watchdog::print);
                  abandon.run();
                });
  }

  private static void print(Thread thread, StackTraceElement[] frames) {
    if (Arrays.stream(frames).noneMatch(frame -> frame.getClassName().startsWith("usher."))) {
      return;
    }
    System.err.println("  " + Map.entry(thread.getName(), thread.getState()));
    for (StackTraceElement frame : frames) {
      System.err.println("    " + frame);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
