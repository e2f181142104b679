package usher.lab.result;

import java.util.List;

/// A figure with what is known of its spread.
///
/// The interval is the least and the greatest of the repeats where they are few (under six), and a
/// 95% confidence interval of the median from order statistics where there are more. Nothing is
/// assumed of how figures are distributed.
///
/// @param median of the repeats
/// @param low lower end of the interval, at most the median
/// @param high upper end of the interval, at least the median
/// @param repeats how many figures it is made of
public record Estimate(double median, double low, double high, int repeats) {
  public Estimate {
    if (!(low <= median && median <= high) || repeats < 1) {
      throw new IllegalArgumentException(
          "not an estimate: " + low + " <= " + median + " <= " + high + " of " + repeats);
    }
  }

  /// Of the repeats of one measurement.
  ///
  /// @throws IllegalArgumentException if there are none, or one is not a number
  public static Estimate of(List<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    if (n == 0) {
      throw new IllegalArgumentException("no figures");
    }
    double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    int outside = outside(n);
    return new Estimate(median, sorted[outside], sorted[n - 1 - outside], n);
  }

  /// Of a figure that was taken once.
  public static Estimate of(double figure) {
    return new Estimate(figure, figure, figure, 1);
  }

  /// Whether the intervals touch: then there is no difference that could be named.
  public boolean overlaps(Estimate other) {
    return low <= other.high && other.low <= high;
  }

  /// How many figures at each end lie outside the 95% interval of the median: with the binomial
  /// distribution of how many of n lie below it. None with fewer than six, of which even the least
  /// and greatest hold less than 95%.
  private static int outside(int n) {
    double below = Math.pow(0.5, n);
    double sum = below;
    int outside = 0;
    while (outside + 1 < n / 2) {
      below = below * (n - outside) / (outside + 1);
      if (sum + below > 0.025) {
        break;
      }
      sum += below;
      outside++;
    }
    return outside;
  }
}
