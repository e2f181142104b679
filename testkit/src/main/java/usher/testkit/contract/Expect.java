package usher.testkit.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a behaviour promises. Each throws an [AssertionError] that says what was promised and what
/// came; the test kit needs no assertion library for it.
public final class Expect {
  private Expect() {}

  /// The two are equal.
  public static void equal(String what, @Nullable Object expected, @Nullable Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError(what + ": expected <" + expected + ">, got <" + actual + ">");
    }
  }

  /// It is so.
  public static void that(String what, boolean so) {
    if (!so) {
      throw new AssertionError("not so: " + what);
    }
  }

  /// The number is at most so much.
  public static void atMost(String what, long most, long actual) {
    if (actual > most) {
      throw new AssertionError(what + ": expected at most " + most + ", got " + actual);
    }
  }

  /// The number is at least so much.
  public static void atLeast(String what, long least, long actual) {
    if (actual < least) {
      throw new AssertionError(what + ": expected at least " + least + ", got " + actual);
    }
  }

  /// Code that may throw.
  @FunctionalInterface
  public interface Code {
    /// Runs.
    void run() throws Exception;
  }

  /// The code throws this, and no other.
  ///
  /// @return what it threw
  public static <T extends Throwable> T thrown(String what, Class<T> type, Code code) {
    try {
      code.run();
    } catch (Throwable thrown) {
      if (type.isInstance(thrown)) {
        return type.cast(thrown);
      }
      throw new AssertionError(what + ": expected " + type.getName() + ", got " + thrown, thrown);
    }
    throw new AssertionError(what + ": expected " + type.getName() + ", nothing was thrown");
  }
}
