package usher.server.process;

import usher.session.Peer;

/// Who sent a datagram that another process handles.
record FarSender(String remote, String host, String local) implements Peer {}
