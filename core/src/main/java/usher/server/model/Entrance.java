package usher.server.model;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import usher.server.DatagramHandler;
import usher.server.driver.Directory;
import usher.server.net.Listener;
import usher.server.process.Heirloom;
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

  /// The sockets of a UDP address at which conversations begin: one, or one for each loop.
  ///
  /// @param directory who converses there now
  record Conversations(List<DatagramChannel> sockets, Protocol protocol, Directory directory)
      implements Entrance {
    @Override
    public SelectorProvider provider() {
      return sockets.getFirst().provider();
    }
  }

  /// Whose selectors its channels need.
  SelectorProvider provider();

  /// A socket of each, for child processes.
  static List<Heirloom> heirlooms(List<Entrance> entrances) throws IOException {
    List<Heirloom> all = new ArrayList<>();
    for (Entrance entrance : entrances) {
      all.add(
          switch (entrance) {
            case Streams(var listener, var _) -> new Heirloom(listener.local(), true);
            case Datagrams(var sockets, var _) ->
                new Heirloom(sockets.getFirst().getLocalAddress(), false);
            case Conversations(var _, var protocol, var _) ->
                throw new IllegalStateException(protocol.name() + " is had in one process");
          });
    }
    return all;
  }
}
