package usher.lab.experiment;

import java.util.OptionalInt;

/// How many connections at once a server is given: more in each step, as long as they are of use,
/// or do no harm. Four times as many, or as many as do no harm, whichever is more.
///
/// They are of use while more of them bring more answers a second. They do no harm while what they
/// ask for at once takes less than [#DRAIN_SECONDS]. A server that serves one after the other, with
/// a handler that waits, is not given more: all of them would wait, give up, and leave it with
/// seconds of work for nobody.
///
/// ```
///   1 ─► 4 ─► 16 ─► 64        stop where more answers do not come, and the queue would be long
///   1 ─► 64                   where so many are served in no time
/// ```
///
/// Pure.
final class Approach {
  private static final double DRAIN_SECONDS = 0.4;
  private static final int STRIDE = 4;
  private static final double MORE = 1.5;

  private final int most;
  private int connections;
  private double before = -1; // nothing yet
  private boolean enough;

  /// @param first connections, at least
  /// @param most connections
  Approach(int first, int most) {
    this.connections = Math.min(first, most);
    this.most = most;
  }

  /// With how many to try next, or have tried last.
  int connections() {
    return connections;
  }

  /// Whether more than the last ones would be of no use.
  boolean enough() {
    return enough;
  }

  /// Takes what came of it.
  ///
  /// @param rate answers a second with [#connections]
  /// @return how many to try next; empty where these are enough
  OptionalInt next(double rate) {
    if (connections >= most) {
      return OptionalInt.empty();
    }
    int harmless = (int) Math.min(rate * DRAIN_SECONDS, most);
    int more = Math.max(harmless, Math.min(connections * STRIDE, most));
    boolean ofUse = before < 0 || rate > before * MORE;
    if (!ofUse && more > harmless) {
      enough = true;
      return OptionalInt.empty();
    }
    before = rate;
    connections = more;
    return OptionalInt.of(more);
  }
}
