package usher.server.driver;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import usher.session.Protocol;

/// Accepts for the blocking models, on a platform thread of its own: takes a seat, accepts, hands
/// the connection on. Ends when the listener is closed, and at nothing else.
public final class Acceptor implements Runnable {
  private static final long PAUSE_MILLIS = 100;

  /// What a model does with a new connection. May block: then nobody is accepted meanwhile.
  @FunctionalInterface
  public interface Place {
    /// Seats a client whose seat is taken.
    void seat(SocketChannel channel, Protocol protocol);
  }

  private final House house;
  private final ServerSocketChannel listener;
  private final Protocol protocol;
  private final Place place;

  public Acceptor(House house, ServerSocketChannel listener, Protocol protocol, Place place) {
    this.house = house;
    this.listener = listener;
    this.protocol = protocol;
    this.place = place;
  }

  @Override
  public void run() {
    while (true) {
      SocketChannel channel = null;
      try {
        channel = listener.accept();
        if (!house.permits.take()) {
          channel.close();
          return;
        }
        place.seat(channel, protocol);
      } catch (ClosedChannelException end) {
        return;
      } catch (IOException thrown) {
        house.probe.acceptFailed(thrown);
        pause();
      } catch (Throwable thrown) {
        house.probe.broken(thrown);
        if (channel != null) {
          Door.turnAway(house, channel);
        }
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
