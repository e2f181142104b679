package usher.lab.load.wire;

/// When requests are due, as nanoseconds from the beginning. It does not know what time it is: what
/// was due while the generator was late is due all the same.
///
/// Not safe for use by several threads.
public final class Schedule {
  private static final double SECOND = 1e9;

  private final double gap;
  private final boolean even;
  private final Dice dice;
  private long count;
  private double time;
  private double surgeFrom = Double.POSITIVE_INFINITY;
  private double surgeLength;
  private double surgeFactor = 1;

  private Schedule(double rate, boolean even, long seed) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException("a rate is above 0: " + rate);
    }
    this.gap = SECOND / rate;
    this.even = even;
    this.dice = new Dice(seed);
  }

  /// Evenly spaced, the first one at once.
  public static Schedule even(double rate) {
    return new Schedule(rate, true, 0);
  }

  /// At random, as from many clients that know nothing of each other: the gaps are exponentially
  /// distributed. The same seed gives the same times.
  public static Schedule poisson(double rate, long seed) {
    return new Schedule(rate, false, seed);
  }

  /// Has the rate rise for a while.
  ///
  /// @param from when, in nanoseconds from the beginning
  /// @param length for how long
  /// @param factor to so many times the rate
  public Schedule surging(long from, long length, double factor) {
    if (from < 0 || length < 0 || !(factor > 0)) {
      throw new IllegalArgumentException("no surge: " + from + ", " + length + ", " + factor);
    }
    surgeFrom = from;
    surgeLength = length;
    surgeFactor = factor;
    return this;
  }

  /// When the next request is due; never before the one before.
  public long next() {
    if (even) {
      // Not a sum of gaps: the rate would drift by what each was rounded.
      return (long) surged(gap * count++);
    }
    time -= Math.log1p(-dice.unit()) * gap;
    return (long) surged(time);
  }

  /// A surge makes time dense: what would take `factor` times its length takes its length.
  private double surged(double calm) {
    double into = calm - surgeFrom;
    if (into <= 0) {
      return calm;
    }
    double dense = surgeLength * surgeFactor;
    return into < dense ? surgeFrom + into / surgeFactor : calm - dense + surgeLength;
  }
}
