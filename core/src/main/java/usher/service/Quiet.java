package usher.service;

import java.time.Duration;
import usher.session.Cause;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.ProtocolException;
import usher.session.Session;

/// What the small services have in common: no calls, and an idle time after which they close.
///
/// The idle time starts anew with everything that comes and everything that has been sent.
abstract class Quiet implements Session {
  private final long idle;
  private long since = -1;
  boolean ended;
  boolean over;

  Quiet(Opening opening) {
    Duration time = opening.timeouts().idle();
    this.idle = time.toNanos();
  }

  /// Something happened: the idle time starts anew at the next step.
  final void stir() {
    since = -1;
  }

  final void await(long now) {
    if (since < 0) {
      since = now;
    }
  }

  @Override
  public void receiveEnd() {
    ended = true;
    stir();
  }

  @Override
  public final void complete(long key, Outcome outcome) {
    throw ProtocolException.ours("this service makes no calls");
  }

  @Override
  public final void expire(long now) {
    over = true;
  }

  @Override
  public void drain(long parting) {
    // These services have no word for parting, so without need they are not cut short.
    over |= parting != UNHURRIED;
  }

  @Override
  public void lost(Cause cause) {}

  @Override
  public final long deadline() {
    return since < 0 ? NEVER : since + idle;
  }
}
