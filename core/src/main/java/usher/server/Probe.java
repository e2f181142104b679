package usher.server;

import java.io.IOException;
import usher.session.Cause;
import usher.session.Peer;

/// Sees what a server does: the same events under every model. Called from the server's own
/// threads, so a probe must be quick and thread-safe. What it throws is caught, but its event may
/// be lost.
public interface Probe {
  /// A probe that looks away.
  Probe NONE = new Probe() {};

  /// A probe that logs what a person must know, through [System.Logger] named `usher`.
  static Probe logging() {
    return new LoggingProbe();
  }

  /// A connection was accepted.
  default void accepted(Peer peer) {}

  /// A connection ended.
  default void closed(Peer peer, Cause cause) {}

  /// A session, a file or the server's own code failed; the connection is being ended. Or the
  /// handler of a datagram threw; nothing else is harmed.
  default void failed(Peer peer, Throwable thrown) {}

  /// The server's own code failed outside of any connection: a defect that did no further harm.
  default void broken(Throwable thrown) {}

  /// A client or a call was not taken on, since there is too much to do.
  default void refused(Refusal why) {}

  /// Why a client or a call is not taken on.
  enum Refusal {
    /// Its queue was full. It was told that the server is busy.
    QUEUE_FULL,
    /// It had waited for too long. It was told that the server is busy.
    WAITED,
    /// As many calls as the adaptive limit allows are under way. It was told that the server is
    /// busy.
    LIMIT,
    /// As many connections of its address as may be are open. It was closed at the door.
    ADDRESS,
    /// Clients come faster than they may. It was closed at the door.
    RATE
  }

  /// Accepting or receiving failed, mostly for want of descriptors; it is tried again after a short
  /// while.
  default void acceptFailed(IOException thrown) {}

  /// A datagram came to an address of the server; what comes in a conversation is not told. Its
  /// sender is lent until this returns, here and in the other events of a datagram.
  default void received(Peer sender) {}

  /// A datagram, or the answer to one, was thrown away.
  default void dropped(Peer sender, Drop why) {}

  /// Why a datagram is thrown away.
  enum Drop {
    /// No thread and no place in the queue was free for it.
    QUEUE_FULL,
    /// As many clients and datagrams as may be are being served, or the server drains.
    NO_SEAT,
    /// It is longer than its handler, or its protocol, takes.
    TOO_LONG,
    /// A conversation with its sender is under way, on a port of its own: it has been sent again.
    REPEATED,
    /// It says nothing, and no conversation begins so.
    EMPTY,
    /// No conversation could begin with its sender: there was no descriptor or port for it, or
    /// nothing can be sent there.
    NO_CONVERSATION,
    /// The server ended before it was handled.
    CUT,
    /// Its answer could not be sent: the socket had no room, or the server had ended.
    REPLY
  }

  /// A handler holds its thread for longer than it may: told while it does so, once for each call.
  default void blocked(Blocked blocked) {}

  /// A blocking call held an event loop, and with it all of its clients.
  default void held(Peer peer, long nanos) {}

  /// Whether [#handled] is wanted. Asked for each call: without it no clock is read for that.
  default boolean timed() {
    return false;
  }

  /// A call of user code has ended; told if [#timed].
  ///
  /// @param waited from the last byte of its request to its start, ns; the first of a connection
  ///   has also waited for the thread of that connection
  /// @param took from its start to its end, or to that of its stage, ns
  default void handled(Peer peer, long waited, long took) {}

  /// This probe and then that one. What one of them throws does not reach the other.
  default Probe and(Probe other) {
    return new BothProbes(new CarefulProbe(this), new CarefulProbe(other));
  }

  /// How long a loop was busy with the events of one round: what a client waited at most for
  /// others.
  default void round(long nanos) {}
}
