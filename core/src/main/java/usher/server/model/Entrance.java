package usher.server.model;

import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.List;
import usher.server.DatagramHandler;
import usher.session.Protocol;

/// Where clients come in, and what is spoken there.
public sealed interface Entrance {
  /// A listening socket.
  record Streams(ServerSocketChannel listener, Protocol protocol) implements Entrance {
    @Override
    public SelectorProvider provider() {
      return listener.provider();
    }
  }

  /// The sockets of a UDP address: one, or one for each loop.
  record Datagrams(List<DatagramChannel> sockets, DatagramHandler handler) implements Entrance {
    @Override
    public SelectorProvider provider() {
      return sockets.getFirst().provider();
    }
  }

  /// The sockets of a UDP address at which conversations begin: one, or one for each loop.
  record Conversations(List<DatagramChannel> sockets, Protocol protocol) implements Entrance {
    @Override
    public SelectorProvider provider() {
      return sockets.getFirst().provider();
    }
  }

  /// Whose selectors its channels need.
  SelectorProvider provider();

  /// A socket of each, for child processes.
  static List<NetworkChannel> sockets(List<Entrance> entrances) {
    return entrances.stream().map(Entrance::socket).toList();
  }

  private static NetworkChannel socket(Entrance entrance) {
    return switch (entrance) {
      case Streams(ServerSocketChannel listener, Protocol _) -> listener;
      case Datagrams(List<DatagramChannel> sockets, DatagramHandler _) -> sockets.getFirst();
      case Conversations(List<DatagramChannel> _, Protocol protocol) ->
          throw new IllegalStateException(protocol.name() + " is had in one process");
    };
  }
}
