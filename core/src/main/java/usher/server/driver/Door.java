package usher.server.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import usher.session.Protocol;

/// A listening socket on a loop. Takes a seat before each accept, gives the connection to the loop
/// with the fewest, and survives everything but its own end: without descriptors it pauses, without
/// seats it waits for one.
///
/// One loop accepts for all: a socket that is registered with many selectors wakes them all for
/// each connection, and the kernel then feeds them unevenly.
public final class Door extends Gate {
  private static final int BUDGET = 64;

  private final List<Loop> loops;
  private final ServerSocketChannel listener;
  private final Protocol protocol;
  private final boolean delayable;

  /// A door on the first of the loops.
  public Door(List<Loop> loops, ServerSocketChannel listener, Protocol protocol)
      throws IOException {
    super(loops.getFirst(), listener, SelectionKey.OP_ACCEPT);
    this.loops = loops;
    this.listener = listener;
    this.protocol = protocol;
    this.delayable = listener.getLocalAddress() instanceof InetSocketAddress;
  }

  @Override
  void ready() {
    for (int i = 0; i < BUDGET; i++) {
      if (!loop.house.permits.take(() -> loop.post(this::reopen))) {
        await();
        return;
      }
      SocketChannel channel = null;
      try {
        channel = listener.accept();
      } catch (ClosedChannelException end) {
        loop.house.permits.give();
        loop.unwatch(this);
        return;
      } catch (IOException thrown) {
        pause(thrown);
      }
      if (channel == null) {
        loop.house.permits.give();
        return;
      }
      seat(channel);
    }
  }

  private void seat(SocketChannel channel) {
    Loop least = loop;
    for (Loop other : loops) {
      if (other.load() < least.load()) {
        least = other;
      }
    }
    Loop chosen = least;
    if (chosen == loop) {
      loop.open(channel, protocol, delayable);
    } else {
      chosen.post(() -> chosen.open(channel, protocol, delayable));
    }
  }

  /// Closes a channel that no session could be opened for, and gives its seat back.
  static void turnAway(House house, SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Nobody is left to tell.
    }
    house.permits.give();
  }
}
