package usher.server.driver;

/// So many a second on average, and a second's worth at once after a quiet time. Pure: time comes
/// as an argument. Owner: whoever calls it, one at a time.
final class TokenBucket {
  private static final long SECOND = 1_000_000_000;

  private final long each;
  private final long depth;

  /// When the bucket was empty last, were it never to be drawn from since: so much time is worth so
  /// many tokens.
  private long empty;

  /// @param rate tokens a second, at least 1
  TokenBucket(int rate) {
    this.each = SECOND / rate;
    this.depth = each * rate;
    this.empty = -depth;
  }

  /// Takes a token if there is one.
  boolean take(long now) {
    long from = Math.max(empty, now - depth);
    if (now - from < each) {
      return false;
    }
    empty = from + each;
    return true;
  }
}
