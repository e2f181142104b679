package usher.lab.load.wire;

/// Numbers that look random and are the same for the same seed, on every machine (SplitMix64).
///
/// Not safe for use by several threads.
public final class Dice {
  private static final long STEP = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private long state;

  public Dice(long seed) {
    this.state = seed;
  }

  /// Any number.
  public long next() {
    state += STEP;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /// From 0 to below 1.
  public double unit() {
    return (next() >>> 11) * UNIT;
  }
}
