package usher.lab.load.wire;

/// Which of several kinds is next, at random, each as often as its weight says. The same seed gives
/// the same sequence.
///
/// Not safe for use by several threads.
public final class Mix {
  private final double[] bounds;
  private final Dice dice;

  /// @param weights of the kinds, each at least 0, the sum above 0
  public Mix(double[] weights, long seed) {
    double sum = 0;
    this.bounds = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0)) {
        throw new IllegalArgumentException("a weight is at least 0: " + weights[i]);
      }
      sum += weights[i];
      bounds[i] = sum;
    }
    if (!(sum > 0) || Double.isInfinite(sum)) {
      throw new IllegalArgumentException("weights of which none counts");
    }
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] /= sum;
    }
    this.dice = new Dice(seed);
  }

  /// The number of the next kind, from 0.
  public int next() {
    if (bounds.length == 1) {
      return 0;
    }
    double at = dice.unit();
    for (int i = 0; i < bounds.length - 1; i++) {
      if (at < bounds[i]) {
        return i;
      }
    }
    return lastThatCounts();
  }

  private int lastThatCounts() {
    int last = bounds.length - 1;
    while (last > 0 && bounds[last] == bounds[last - 1]) {
      last--;
    }
    return last;
  }
}
