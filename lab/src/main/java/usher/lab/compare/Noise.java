package usher.lab.compare;

import usher.lab.result.Estimate;
import usher.lab.result.Metric;

/// What counts as a difference. All three must be so:
/// 1. The intervals do not overlap.
/// 2. The medians differ by more than a share of the greater, the *floor*. What a counter says (CPU
///    time, memory, threads) is steadier than a rate, and a rate is steadier than a tail of
///    latencies.
/// 3. They differ by more than what nobody would notice, however large the share: two requests of
///    which one took 0.1 ms and the other 0.2 ms.
///
/// Intervals of few repeats miss each other by chance: three against three do in one of ten. Where
/// the chance is over 5%, which is up to three repeats on each side, the floor is doubled. A single
/// figure has no interval at all, so that the floor is all that there is.
public final class Noise {
  private static final double CHANCE = 0.05;

  private Noise() {}

  /// Whether these two are different figures.
  public static boolean differ(Metric metric, Estimate one, Estimate other) {
    double gap = Math.abs(one.median() - other.median());
    double greater = Math.max(Math.abs(one.median()), Math.abs(other.median()));
    return !one.overlaps(other)
        && gap > greater * floor(metric, one.repeats(), other.repeats())
        && gap > trifle(metric);
  }

  /// Whether the first is better, and not only by noise.
  public static boolean better(Metric metric, Estimate one, Estimate other) {
    return differ(metric, one, other) && ahead(metric, one, other);
  }

  /// Whether the first is on the better side, be it by noise.
  static boolean ahead(Metric metric, Estimate one, Estimate other) {
    return switch (metric.better()) {
      case HIGHER -> one.median() > other.median();
      case LOWER -> one.median() < other.median();
    };
  }

  /// The share of the greater median that a difference must be over.
  public static double floor(Metric metric, int repeats, int otherRepeats) {
    double floor =
        switch (metric) {
          case CPU, RESIDENT, HEAP, CONNECTION_MEMORY, THREADS, PROCESSES, CLIENTS, FAILED -> 0.05;
          case CAPACITY, CLOSED_RATE, SWITCHES, OVERLOAD_GOODPUT, START -> 0.10;
          case COMMON_P50, COMMON_P99, COMMON_P999, CAPACITY_P50, CAPACITY_P99 -> 0.20;
          case LIGHT_P99, RECOVERY -> 0.20;
        };
    return apartByChance(repeats, otherRepeats) > CHANCE ? 2 * floor : floor;
  }

  /// A difference in the metric's own unit that does not matter to anybody.
  private static double trifle(Metric metric) {
    return switch (metric) {
      case CAPACITY, CLOSED_RATE, CLIENTS, PROCESSES -> 0;
      case THREADS -> 1;
      case COMMON_P50, COMMON_P99, COMMON_P999, CAPACITY_P50, CAPACITY_P99, LIGHT_P99 -> 0.5;
      case OVERLOAD_GOODPUT -> 0.05;
      case RECOVERY -> 0.5;
      case FAILED -> 0.001;
      case CPU -> 0.5;
      case SWITCHES -> 0.05;
      case RESIDENT, HEAP -> 2;
      case CONNECTION_MEMORY -> 0.5;
      case START -> 20;
    };
  }

  /// How likely all of n figures lie on one side of all of m others, where nothing is different:
  /// two of the ways to choose n out of all. A million and more are as good as a million.
  private static double apartByChance(int n, int m) {
    double ways = 1;
    for (int i = 1; i <= Math.min(n, m) && ways < 1e6; i++) {
      ways = ways * (Math.max(n, m) + i) / i;
    }
    return 2 / ways;
  }
}
