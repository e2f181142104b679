package usher.server.driver;

import org.jspecify.annotations.Nullable;
import usher.session.Peer;

/// A call that somebody wants to know of: the limit that it counts for, a probe that measures.
///
/// @param asked when the last byte of its request came
/// @param limit that has let it in, or null
record Ticket(House house, Peer peer, long asked, @Nullable Aimd limit) {
  /// It was refused after all.
  void refused() {
    if (limit != null) {
      limit.leave();
    }
  }

  /// It has been run.
  void ended(long started, long now) {
    if (limit != null) {
      limit.leave(asked, now);
    }
    if (house.probe.timed()) {
      house.probe.handled(peer, started - asked, now - started);
    }
  }
}
