package usher.lab.experiment;

import java.util.OptionalInt;

/// How many connections at once a server is given: four times as many in each step, as long as they
/// are of use, or do no harm.
///
/// They are of use while more of them bring more answers a second. They do no harm while what they
/// ask for at once takes less than [#DRAIN_SECONDS]. A server that serves one after the other, with
/// a handler that waits, is not given more: all of them would wait, give up, and leave it with
/// seconds of work for nobody.
///
/// ```
///   1 ─► 4 ─► 16 ─► 64        stop where more answers do not come, and the queue would be long
/// ```
///
/// Pure.
final class Approach {
  private static final double DRAIN_SECONDS = 0.4;
  private static final int STRIDE = 4;
  private static final double MORE = 1.5;

  private final int most;
  private int connections = 1;
  private double before = -1; // nothing yet

  /// @param most connections
  Approach(int most) {
    this.most = most;
  }

  /// With how many to try next, or have tried last.
  int connections() {
    return connections;
  }

  /// Takes what came of it.
  ///
  /// @param rate answers a second with [#connections]
  /// @return how many to try next; empty where these are enough
  OptionalInt next(double rate) {
    if (connections >= most) {
      return OptionalInt.empty();
    }
    int more = Math.min(connections * STRIDE, most);
    boolean ofUse = before < 0 || rate > before * MORE;
    if (!ofUse && more > rate * DRAIN_SECONDS) {
      return OptionalInt.empty();
    }
    before = rate;
    connections = more;
    return OptionalInt.of(more);
  }
}
