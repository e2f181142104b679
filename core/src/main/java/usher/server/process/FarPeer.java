package usher.server.process;

import usher.session.Peer;

/// A connection that another process serves.
///
/// @param since when it was accepted, in the parent's time
record FarPeer(String remote, String host, String local, long since) implements Peer {}
