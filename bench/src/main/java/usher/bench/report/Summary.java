package usher.bench.report;

import java.util.Arrays;
import java.util.Collection;

/// The middle and the span of a few repeats of one figure. With so few, no more can be said.
///
/// @param median the middle one, or the mean of the two in the middle
/// @param min the least
/// @param max the greatest
/// @param count how many there were, at least 1
public record Summary(double median, double min, double max, int count) {
  /// Of these figures, in any order.
  ///
  /// @throws IllegalArgumentException if there are no figures, or one is not a number
  public static Summary of(Collection<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no figures");
    }
    if (Arrays.stream(sorted).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("not a number among the figures");
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Summary(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }
}
