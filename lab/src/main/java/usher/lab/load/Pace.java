package usher.lab.load;

/// How much of a request or an answer may have passed by now, where it has a rate.
final class Pace {
  private static final double SECOND = 1e9;

  /// So much may pass at once.
  private static final long FIRST = 10_000_000;

  private long since;
  private long passed;

  /// Begins anew.
  void begin(long now) {
    since = now;
    passed = 0;
  }

  void passed(long bytes) {
    passed += bytes;
  }

  /// Bytes that may pass now; none or fewer if that is too many already.
  long allowed(long rate, long now) {
    return (long) (rate * ((now - since + FIRST) / SECOND)) + 1 - passed;
  }
}
