package usher.server.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.server.Probe.Refusal;
import usher.session.Protocol;

/// A listening socket on a loop, under every model: the models differ in the [Place] alone. Takes a
/// seat before each accept, and survives everything but its own end: without descriptors it pauses,
/// without seats it waits for one.
///
/// One loop accepts for all: a socket that is registered with many selectors wakes them all for
/// each connection, and the kernel then feeds them unevenly.
///
/// The blocking models accept so as well, since a thread that is blocked in an accept can be let go
/// only by closing the socket, and a server that changes its model, or hands its sockets on, keeps
/// it.
public final class Door extends Gate {
  /// Many, since who is not accepted waits where nobody sees it; to accept costs some 10 µs.
  private static final int MOST = 1_024;

  private final ServerSocketChannel listener;
  private final Protocol protocol;
  private final Place place;
  private final boolean delayable;

  /// What a model does with a new connection.
  @FunctionalInterface
  public interface Place {
    /// Seats a client whose seat is taken.
    void seat(Arrival arrival);

    /// The chair that a client needs, where only one is served at a time; whoever serves him gives
    /// it back.
    default @Nullable Chair chair() {
      return null;
    }

    /// A place on the loop with the fewest connections; the door is on the first of them.
    static Place on(List<Loop> loops) {
      return arrival -> {
        Loop least = loops.getFirst();
        for (Loop other : loops) {
          if (other.load() < least.load()) {
            least = other;
          }
        }
        least.seat(arrival);
      };
    }
  }

  /// A door that is opened by [#open].
  public Door(Loop loop, ServerSocketChannel listener, Protocol protocol, Place place)
      throws IOException {
    super(loop, listener, SelectionKey.OP_ACCEPT, MOST);
    this.listener = listener;
    this.protocol = protocol;
    this.place = place;
    this.delayable = listener.getLocalAddress() instanceof InetSocketAddress;
  }

  @Override
  boolean take() throws IOException {
    House house = loop.house;
    Chair chair = place.chair();
    if (!sits(chair)) {
      return false;
    }
    if (!house.permits.take(() -> loop.post(this::reopen))) {
      rise(chair);
      await();
      return false;
    }
    SocketChannel channel = null;
    try {
      channel = listener.accept();
    } finally {
      if (channel == null) {
        house.permits.give();
        rise(chair);
      }
    }
    if (channel == null) {
      return false;
    }
    if (!admits(house, channel)) {
      rise(chair);
      return true;
    }
    try {
      place.seat(new Arrival(channel, protocol, delayable, loop.asked()));
    } catch (Throwable thrown) {
      house.probe.broken(thrown);
      turnAway(house, channel);
      rise(chair);
    }
    return true;
  }

  /// Whether a client, whose seat is taken, may come in. If not it is closed and the seat given
  /// back.
  static boolean admits(House house, SocketChannel channel) {
    Refusal why = house.turnstile.admit(from(channel), house.now());
    if (why != null) {
      house.probe.refused(why);
      close(house, channel);
    }
    return why == null;
  }

  /// Where it comes from, as long as it is open.
  static @Nullable SocketAddress from(SocketChannel channel) {
    try {
      return channel.getRemoteAddress();
    } catch (IOException gone) {
      return null;
    }
  }

  /// Closes a channel that no session could be opened for, and gives its seat back.
  static void turnAway(House house, SocketChannel channel) {
    house.turnstile.left(from(channel));
    close(house, channel);
  }

  private static void close(House house, SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException ignored) {
      // Nobody is left to tell.
    }
    house.permits.give();
  }
}
