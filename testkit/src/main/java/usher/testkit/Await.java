package usher.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Waits for a condition of another thread, and gives up loudly.
///
/// The bound is there so that a broken program fails instead of hanging: it should be generous, and
/// nothing may be concluded from how long a wait took. The condition is asked at growing intervals
/// of at most a few milliseconds, always once more after the bound has passed.
public final class Await {
  private static final long FIRST_PAUSE = 50_000;
  private static final long LONGEST_PAUSE = 5_000_000;

  private Await() {}

  /// What is waited for. It may throw: the wait ends with what it threw.
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws Exception;
  }

  /// Returns as soon as `condition` holds.
  ///
  /// @param what what is waited for, for the message of the error
  /// @throws AssertionError if it does not hold within the bound, if it throws, or if this thread
  ///   is interrupted (the interrupt status stays set)
  public static void until(String what, Duration within, Condition condition) {
    long start = System.nanoTime();
    long bound = within.toNanos();
    long pause = FIRST_PAUSE;
    while (true) {
      boolean last = System.nanoTime() - start >= bound;
      if (holds(what, condition)) {
        return;
      }
      if (last) {
        throw new AssertionError("not within " + within + ": " + what);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new AssertionError("interrupted while waiting: " + what);
      }
      LockSupport.parkNanos(Math.min(pause, bound));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }

  /// The same without a description.
  public static void until(Condition condition, Duration within) {
    until("the awaited condition", within, condition);
  }

  private static boolean holds(String what, Condition condition) {
    try {
      return condition.holds();
    } catch (Exception e) {
      throw new AssertionError("threw while waiting: " + what, e);
    }
  }
}
