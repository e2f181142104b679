package usher.testkit.contract;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import usher.server.Address;
import usher.server.Server;
import usher.session.Protocol;

/// Where the servers of one trial listen and its clients connect.
interface Site extends AutoCloseable {
  /// Has the server listen at a fresh place.
  ///
  /// @param own what is spoken there, or null for what the server speaks elsewhere
  void listen(Server.Builder server, @Nullable Protocol own) throws IOException;

  /// A blocking channel to a place where a server listens.
  SocketChannel connect(Address address) throws IOException;

  /// Gives back what the site itself holds.
  @Override
  void close() throws IOException;
}
