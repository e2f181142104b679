package usher.server.driver;

/// How many calls may be under way at once, learned from how long they take: additive increase,
/// multiplicative decrease (Chiu and Jain, 1989), as TCP finds its window.
///
/// ```
///   slow start: one more for each call that ends in time
///        │ a call takes too long
///        ▼
///   ×0.9, once for all calls that began before ──► one more for each round of calls in time ──┐
///        ▲                                                                                    │
///        └──────────────────────────── a call takes too long ◄────────────────────────────────┘
/// ```
///
/// It grows only while at least half of it is used: who has nothing to do learns nothing. Time
/// comes as an argument. Thread-safe.
final class Aimd {
  /// Where it starts.
  static final int FIRST = 16;

  private static final double DECREASE = 0.9;

  private final long target;
  private final int most;
  private double limit;
  private int underWay;
  private boolean slowStart = true;
  private long decreased = Long.MIN_VALUE;

  /// @param target how long a call may take, ns
  /// @param most what the limit never exceeds
  Aimd(long target, int most) {
    this.target = target;
    this.most = most;
    this.limit = Math.min(FIRST, most);
  }

  /// A call wants to begin. False if too many are under way; else [#leave] ends it.
  synchronized boolean enter() {
    if (underWay >= (int) limit) {
      return false;
    }
    underWay++;
    return true;
  }

  /// A call has ended that teaches nothing: it was never run.
  synchronized void leave() {
    underWay--;
  }

  /// A call has ended.
  ///
  /// @param began when the last byte of its request came
  synchronized void leave(long began, long now) {
    int used = underWay--;
    if (now - began > target) {
      // Those that were under way with it suffered from the same, and are not counted again.
      if (began >= decreased) {
        decreased = now;
        slowStart = false;
        limit = Math.max(1, limit * DECREASE);
      }
    } else if (used * 2 >= (int) limit) {
      limit = Math.min(most, limit + (slowStart ? 1 : 1 / limit));
    }
  }

  /// The limit as it is now.
  synchronized int limit() {
    return (int) limit;
  }
}
