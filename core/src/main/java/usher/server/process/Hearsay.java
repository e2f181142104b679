package usher.server.process;

import java.io.IOException;
import java.util.List;
import usher.server.Blocked;
import usher.server.Probe.Drop;
import usher.server.Probe.Refusal;
import usher.server.driver.House;
import usher.session.Cause;
import usher.session.Peer;
import usher.session.ProtocolException;

/// Hands on what children tell to the parent's probe, and counts their clients in its house.
/// Decides nothing. On the nursery's thread.
record Hearsay(House house) {
  Peer accepted(Note note) {
    Peer peer = new FarPeer(note.text(0), note.text(1), note.text(2), house.now());
    house.probe().accepted(peer);
    return peer;
  }

  /// The one datagram of a child.
  Peer received(Note note) {
    FarSender sender = sender(note, 0);
    house.probe().received(sender);
    return sender;
  }

  void tell(Child child, Note note) {
    switch (note.kind()) {
      case CLOSED -> closed(child, note);
      case HANDLED -> handled(child, note);
      case FAILED -> failed(child, note, new FarFailure(note.text(0)));
      case PEER_BROKE -> failed(child, note, ProtocolException.peer(note.text(0)));
      case WE_BROKE -> failed(child, note, ProtocolException.ours(note.text(0)));
      case BROKEN -> house.probe().broken(new FarFailure(note.text(0)));
      case ACCEPT_FAILED -> house.probe().acceptFailed(new IOException(note.text(0)));
      case HELD ->
          house.probe().held(new FarPeer(note.text(0), note.text(1), "", 0), note.number());
      case BLOCKED -> house.probe().blocked(blocked(note));
      case REFUSED -> house.probe().refused(Refusal.valueOf(note.text(0)));
      case DROPPED -> {
        house.dropped(note.number());
        house.probe().dropped(sender(note, 1), Drop.valueOf(note.text(0)));
      }
      default -> throw new IllegalArgumentException(note.toString());
    }
  }

  private void failed(Child child, Note note, RuntimeException thrown) {
    Peer peer = note.number() == 0 ? sender(note, 1) : child.clients.get(note.number());
    if (peer != null) {
      house.probe().failed(peer, thrown);
    }
  }

  private void closed(Child child, Note note) {
    Peer peer = child.clients.remove(note.number());
    if (peer == null) {
      return;
    }
    house.permits().depart();
    Cause.Kind kind = Cause.Kind.valueOf(note.text(0));
    house
        .probe()
        .closed(
            peer, new Cause(kind, note.text(1).isEmpty() ? null : new FarFailure(note.text(1))));
  }

  /// Its process has ended, and with it all that it served.
  void lost(Child child, Cause cause, IOException how) {
    for (Peer peer : child.clients.values()) {
      house.permits().depart();
      if (peer instanceof FarSender) {
        house.probe().failed(peer, how);
      } else {
        house.probe().closed(peer, cause);
      }
    }
    child.clients.clear();
  }

  private void handled(Child child, Note note) {
    if (child.clients.remove(note.number()) != null) {
      house.permits().depart();
    }
  }

  private static FarSender sender(Note note, int first) {
    return new FarSender(note.text(first), note.text(first + 1), note.text(first + 2));
  }

  private static Blocked blocked(Note note) {
    String[] head = note.text(0).split("\n", 5);
    return new Blocked(
        new FarPeer(head[0], head[1], "", 0),
        head[4],
        !head[2].isEmpty(),
        head[3] + " of process " + note.child(),
        note.number(),
        List.of(note.text(1).split("\n")));
  }
}
