package usher.server.model;

import java.nio.channels.DatagramChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import usher.server.DatagramHandler;
import usher.server.net.Listener;
import usher.session.Protocol;

/// Where clients come in, and what is spoken there.
public sealed interface Entrance {
  /// A listening socket.
  record Streams(Listener listener, Protocol protocol) implements Entrance {
    @Override
    public SelectorProvider provider() {
      return listener.channel().provider();
    }
  }

  /// The sockets of a UDP address: one, or one for each loop.
  record Datagrams(List<DatagramChannel> sockets, DatagramHandler handler) implements Entrance {
    @Override
    public SelectorProvider provider() {
      return sockets.getFirst().provider();
    }
  }

  /// Whose selectors its channels need.
  SelectorProvider provider();

  /// The listening sockets among them.
  static List<Listener> listeners(List<Entrance> entrances) {
    return entrances.stream()
        .filter(Streams.class::isInstance)
        .map(entrance -> ((Streams) entrance).listener())
        .toList();
  }
}
