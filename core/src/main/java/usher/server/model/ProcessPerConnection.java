package usher.server.model;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import usher.server.Processes;
import usher.server.driver.Arrival;
import usher.server.driver.BlockingDriver;
import usher.server.driver.House;
import usher.server.driver.Post;
import usher.server.process.Childhood;
import usher.server.process.Pulse;

/// `process-per-connection`, in a child: each client has a process to itself, which was started
/// before the client came. The [Parent] keeps spare ones.
///
/// ```
///   parent:  bind ──► spare children ──► one is taken ──► another spare …
///   child:   accept, once ──► serve to the end ──► exit
///            or receive, once ──► handle ──► exit
/// ```
///
/// As many processes as [Processes#most] allows. Whatever a handler does, it does to its own
/// client. With several listeners there are spares for each.
final class ProcessPerConnection {
  private static final long PAUSE_MILLIS = 100;

  private final House house;
  private final Processes ways;
  private final Childhood child;
  private final Entrance entrance;
  private final BlockingDriver driver;

  ProcessPerConnection(House house, Processes ways, Childhood child, Entrance entrance) {
    this.house = house;
    this.ways = ways;
    this.child = child;
    this.entrance = entrance;
    this.driver = new BlockingDriver(house);
  }

  void serve() throws IOException {
    driver.start();
    child.watch(this::leave);
    child.ready();
    child.beat(Pulse.ALONE, ways.silence().toNanos());
    try {
      switch (entrance) {
        case Entrance.Streams(var listener, var protocol) -> {
          SocketChannel channel = accept(listener.channel());
          // It is the only client this house ever has.
          if (house.permits().take(() -> {})) {
            boolean delayable = listener.local() instanceof InetSocketAddress;
            driver.serve(new Arrival(channel, protocol, delayable, house.now()));
            house.permits().awaitEmpty(Long.MAX_VALUE);
          }
        }
        case Entrance.Datagrams(var sockets, var handler) -> {
          Post.of(house, sockets.getFirst(), handler).serveOne(child::received);
          child.handled();
        }
        case Entrance.Conversations conversations ->
            throw new IllegalStateException(conversations.protocol().name());
      }
    } catch (ClosedChannelException left) {
      // Nobody came before it was told to leave.
    }
    child.exit();
  }

  private SocketChannel accept(ServerSocketChannel listener) throws IOException {
    while (true) {
      try {
        return listener.accept();
      } catch (ClosedChannelException left) {
        throw left;
      } catch (IOException thrown) {
        house.probe().acceptFailed(thrown);
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new IOException("interrupted while accepting", e);
    }
  }

  private void leave(long parting) {
    driver.drain(parting);
    try {
      child.closeUnused();
    } catch (IOException ignored) {
      // It is closed all the same.
    }
  }
}
