package usher.lab.load.wire;

/// Which of several kinds is next, each as often as its weight says. The same seed gives the same
/// sequence.
///
/// The order is random, the shares are not: they are right to within one in each round of so many
/// that the rarest kind comes once (a stratified sample). Of one in a hundred, five hundred have
/// five, and two short loads differ by what the server did, not by how many of them they drew.
///
/// Not safe for use by several threads.
public final class Mix {
  private static final int LONGEST_ROUND = 10_000;

  private final double[] bounds;
  private final Dice dice;
  private final int[] round;
  private int at;

  /// @param weights of the kinds, each at least 0, the sum above 0
  public Mix(double[] weights, long seed) {
    double sum = 0;
    double rarest = Double.POSITIVE_INFINITY;
    this.bounds = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0)) {
        throw new IllegalArgumentException("a weight is at least 0: " + weights[i]);
      }
      sum += weights[i];
      rarest = weights[i] > 0 ? Math.min(rarest, weights[i]) : rarest;
      bounds[i] = sum;
    }
    if (!(sum > 0) || Double.isInfinite(sum)) {
      throw new IllegalArgumentException("weights of which none counts");
    }
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] /= sum;
    }
    this.dice = new Dice(seed);
    this.round = new int[Math.clamp(Math.round(sum / rarest), 1, LONGEST_ROUND)];
    for (int i = 0; i < round.length; i++) {
      round[i] = i;
    }
    this.at = round.length;
  }

  /// The number of the next kind, from 0.
  public int next() {
    if (bounds.length == 1) {
      return 0;
    }
    if (at == round.length) {
      shuffle();
      at = 0;
    }
    double point = (round[at++] + dice.unit()) / round.length;
    for (int i = 0; i < bounds.length - 1; i++) {
      if (point < bounds[i]) {
        return i;
      }
    }
    return lastThatCounts();
  }

  private void shuffle() {
    for (int left = round.length; left > 1; left--) {
      int other = (int) (dice.unit() * left);
      int card = round[left - 1];
      round[left - 1] = round[other];
      round[other] = card;
    }
  }

  private int lastThatCounts() {
    int last = bounds.length - 1;
    while (last > 0 && bounds[last] == bounds[last - 1]) {
      last--;
    }
    return last;
  }
}
