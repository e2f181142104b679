package usher.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import usher.session.Cause;
import usher.session.Peer;

/// A user's probe behind a boundary: what it throws is logged and harms nobody.
final class CarefulProbe implements Probe {
  private final Probe probe;

  CarefulProbe(Probe probe) {
    this.probe = probe;
  }

  @Override
  public void accepted(Peer peer) {
    guard(() -> probe.accepted(peer));
  }

  @Override
  public void closed(Peer peer, Cause cause) {
    guard(() -> probe.closed(peer, cause));
  }

  @Override
  public void failed(Peer peer, Throwable thrown) {
    guard(() -> probe.failed(peer, thrown));
  }

  @Override
  public void broken(Throwable thrown) {
    guard(() -> probe.broken(thrown));
  }

  @Override
  public void refused(Refusal why) {
    guard(() -> probe.refused(why));
  }

  @Override
  public void acceptFailed(IOException thrown) {
    guard(() -> probe.acceptFailed(thrown));
  }

  @Override
  public void received(Peer sender) {
    guard(() -> probe.received(sender));
  }

  @Override
  public void dropped(Peer sender, Drop why) {
    guard(() -> probe.dropped(sender, why));
  }

  @Override
  public void held(Peer peer, long nanos) {
    guard(() -> probe.held(peer, nanos));
  }

  @Override
  public void blocked(Blocked blocked) {
    guard(() -> probe.blocked(blocked));
  }

  @Override
  public boolean timed() {
    try {
      return probe.timed();
    } catch (Throwable thrown) {
      failed(thrown);
      return false;
    }
  }

  @Override
  public void handled(Peer peer, long waited, long took) {
    guard(() -> probe.handled(peer, waited, took));
  }

  @Override
  public void round(long nanos) {
    guard(() -> probe.round(nanos));
  }

  private static void guard(Runnable event) {
    try {
      event.run();
    } catch (Throwable thrown) {
      failed(thrown);
    }
  }

  private static void failed(Throwable thrown) {
    System.getLogger("usher").log(Level.ERROR, "a probe failed", thrown);
  }
}
