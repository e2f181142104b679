package usher.server;

import java.io.IOException;
import usher.session.Cause;
import usher.session.Peer;

/// Two probes, told one after the other.
record BothProbes(Probe first, Probe second) implements Probe {
  @Override
  public void accepted(Peer peer) {
    first.accepted(peer);
    second.accepted(peer);
  }

  @Override
  public void closed(Peer peer, Cause cause) {
    first.closed(peer, cause);
    second.closed(peer, cause);
  }

  @Override
  public void failed(Peer peer, Throwable thrown) {
    first.failed(peer, thrown);
    second.failed(peer, thrown);
  }

  @Override
  public void broken(Throwable thrown) {
    first.broken(thrown);
    second.broken(thrown);
  }

  @Override
  public void refused(Refusal why) {
    first.refused(why);
    second.refused(why);
  }

  @Override
  public void acceptFailed(IOException thrown) {
    first.acceptFailed(thrown);
    second.acceptFailed(thrown);
  }

  @Override
  public void received(Peer sender) {
    first.received(sender);
    second.received(sender);
  }

  @Override
  public void dropped(Peer sender, Drop why) {
    first.dropped(sender, why);
    second.dropped(sender, why);
  }

  @Override
  public void blocked(Blocked blocked) {
    first.blocked(blocked);
    second.blocked(blocked);
  }

  @Override
  public void held(Peer peer, long nanos) {
    first.held(peer, nanos);
    second.held(peer, nanos);
  }

  @Override
  public boolean timed() {
    return first.timed() || second.timed();
  }

  @Override
  public void handled(Peer peer, long waited, long took) {
    first.handled(peer, waited, took);
    second.handled(peer, waited, took);
  }

  @Override
  public void round(long nanos) {
    first.round(nanos);
    second.round(nanos);
  }
}
