package usher.server.driver;

import java.nio.channels.SocketChannel;
import usher.session.Protocol;

/// A client who has been let in at a [Door] and has a seat, on his way to who serves him.
///
/// @param delayable whether the kernel may hold back small segments: see [Wire]
/// @param came when he was accepted
public record Arrival(SocketChannel channel, Protocol protocol, boolean delayable, long came) {}
