package usher.testkit;

import java.util.OptionalLong;

/// Runs a check over many seeds, and says which seed broke it.
///
/// Each run has a [Gen] of its own, so that one number brings a failure back: run the same test
/// with `-Dusher.seed=NUMBER` and it makes that one run only.
public final class Seeds {
  /// The system property that names the one seed to run.
  public static final String PROPERTY = "usher.seed";

  private Seeds() {}

  /// What is checked. Whatever it throws fails the test.
  @FunctionalInterface
  public interface Check {
    void run(Gen gen) throws Exception;
  }

  /// Runs `check` with `runs` fresh seeds, or once with the seed of the system property.
  ///
  /// @throws AssertionError naming the seed, with what `check` threw as its cause
  public static void each(int runs, Check check) {
    OptionalLong chosen = chosen();
    if (chosen.isPresent()) {
      run(chosen.getAsLong(), check);
      return;
    }
    Gen seeds = new Gen(System.nanoTime());
    for (int i = 0; i < runs; i++) {
      run(seeds.anyLong(), check);
    }
  }

  /// A seed for a test that needs just one: that of the system property, or a fresh one. The test
  /// has to name it when it fails; [#each] with one run does so by itself.
  public static long one() {
    return chosen().orElseGet(() -> new Gen(System.nanoTime()).anyLong());
  }

  private static OptionalLong chosen() {
    String text = System.getProperty(PROPERTY);
    if (text == null || text.isBlank()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(PROPERTY + " is not a whole number: " + text, e);
    }
  }

  // A failing check throws AssertionError, so errors count as findings here; those of the machine
  // itself go on as they are.
  private static void run(long seed, Check check) {
    try {
      check.run(new Gen(seed));
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(
          "seed " + seed + " (again: -D" + PROPERTY + "=" + seed + "): " + e.getMessage(), e);
    }
  }
}
