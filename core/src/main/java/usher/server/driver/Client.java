package usher.server.driver;

import usher.session.Peer;

/// Somebody for whom user code can be at work.
interface Client extends Peer {
  /// What it is at, in a few words, or nothing. Called by the watchdog while other threads are at
  /// work on this client: whatever it throws is ignored, and it may be out of date.
  String task();
}
