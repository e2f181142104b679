package usher.server.process;

import java.net.SocketAddress;

/// A socket of this process that its children are to have.
///
/// @param local where it is bound
/// @param listens whether it listens for connections, rather than receive datagrams: a socket of
///   each kind may have the same address
public record Heirloom(SocketAddress local, boolean listens) {}
