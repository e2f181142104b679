package usher.lab.subject;

/// An amount of computing that stands for so much time of one core. Not by the clock: a thread that
/// others keep from the core has not computed meanwhile.
///
/// All servers of a run are told the same amount, so that all do the same.
///
/// @param roundsAMilli found by [#calibrated]
public record Work(int roundsAMilli) {
  private static final int TRIAL = 200_000;
  private static final int TRIALS = 60;

  public Work {
    if (roundsAMilli < 1) {
      throw new IllegalArgumentException("no work: " + roundsAMilli);
    }
  }

  /// What this machine does in a millisecond when nobody disturbs it: the fastest of many trials.
  public static Work calibrated() {
    long best = Long.MAX_VALUE;
    int kept = 0;
    for (int i = 0; i < TRIALS; i++) {
      long start = System.nanoTime();
      kept += compute(TRIAL, i);
      best = Math.min(best, System.nanoTime() - start);
    }
    return new Work((int) Math.max(1, TRIAL * 1_000_000L / best + (kept & 1)));
  }

  /// Computes for so many milliseconds' worth.
  int run(int millis) {
    int sum = 1;
    for (int i = 0; i < millis; i++) {
      sum = compute(roundsAMilli, sum);
    }
    return sum;
  }

  /// Each round needs the one before: nothing here can be done at once.
  private static int compute(int rounds, int seed) {
    int sum = seed;
    for (int i = 0; i < rounds; i++) {
      sum = sum * 31 + (sum >>> 7) + i;
    }
    return sum;
  }
}
