package usher.server.process;

import usher.session.Peer;

/// A connection that another process serves.
record FarPeer(String remote, String host, String local) implements Peer {}
