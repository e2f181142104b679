package usher.server.jfr;

import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import jdk.jfr.EventType;
import usher.server.Blocked;
import usher.server.Probe;
import usher.session.Cause;
import usher.session.Peer;

/// Tells the Flight Recorder what a server does. Events cost next to nothing until a recording
/// wants them, so this probe may always be there:
///
/// ```
/// Server.builder().probe(Probe.logging().and(new FlightProbe()))
/// ```
///
/// All events are in the category `usher` and look the same under every model.
///
/// | event | when | says |
/// |---|---|---|
/// | `usher.Connection` | a connection ends | how long it was open, both ends, why it ended |
/// | `usher.Call` | a call of user code ends | how long it waited, how long it took |
/// | `usher.Refused` | a client or call is not taken on | why |
/// | `usher.Dropped` | a datagram is thrown away | why |
/// | `usher.Blocked` | a handler holds its thread | whose, at what, for how long, the stack |
/// | `usher.Round` | a loop was busy for 10 ms | for how long |
/// | `usher.Failure` | something failed | whose, and what was thrown |
///
/// Connections that were open before the recording began are not told of. Thread-safe.
public final class FlightProbe implements Probe {
  private static final long LONG_ROUND = 10_000_000;

  private final EventType connection = EventType.getEventType(Events.Connection.class);
  private final EventType call = EventType.getEventType(Events.Call.class);
  private final Map<Peer, Events.Connection> open =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /// Makes the events known to the recorder.
  public FlightProbe() {}

  @Override
  public void accepted(Peer peer) {
    if (connection.isEnabled()) {
      Events.Connection event = new Events.Connection();
      event.begin();
      event.remote = peer.remote();
      event.local = peer.local();
      open.put(peer, event);
    }
  }

  @Override
  public void closed(Peer peer, Cause cause) {
    if (!open.isEmpty()) {
      Events.Connection event = open.remove(peer);
      if (event != null) {
        event.cause = cause.kind().name();
        event.commit();
      }
    }
  }

  @Override
  public void failed(Peer peer, Throwable thrown) {
    failure(peer.remote(), thrown);
  }

  @Override
  public void broken(Throwable thrown) {
    failure("", thrown);
  }

  @Override
  public void acceptFailed(IOException thrown) {
    failure("", thrown);
  }

  private static void failure(String remote, Throwable thrown) {
    Events.Failure event = new Events.Failure();
    if (event.isEnabled()) {
      event.remote = remote;
      event.thrown = thrown.toString();
      event.commit();
    }
  }

  @Override
  public void refused(Refusal why) {
    Events.Refused event = new Events.Refused();
    event.why = why.name();
    event.commit();
  }

  @Override
  public void dropped(Peer sender, Drop why) {
    Events.Dropped event = new Events.Dropped();
    event.why = why.name();
    event.commit();
  }

  @Override
  public void blocked(Blocked blocked) {
    Events.Held event = new Events.Held();
    event.remote = blocked.peer().remote();
    event.task = blocked.task();
    event.loop = blocked.loop();
    event.thread = blocked.thread();
    event.heldFor = blocked.nanos();
    event.stack = String.join("\n", blocked.stack());
    event.commit();
  }

  @Override
  public boolean timed() {
    return call.isEnabled();
  }

  @Override
  public void handled(Peer peer, long waited, long took) {
    Events.Call event = new Events.Call();
    if (event.isEnabled()) {
      event.remote = peer.remote();
      event.waited = waited;
      event.took = took;
      event.commit();
    }
  }

  @Override
  public void round(long nanos) {
    if (nanos >= LONG_ROUND) {
      Events.Round event = new Events.Round();
      event.busy = nanos;
      event.commit();
    }
  }
}
