package usher.server.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import usher.session.Cause;
import usher.session.Protocol;

/// The blocking driver: serves a connection on the thread that calls it, until the connection ends.
/// Which thread that is, is all that the blocking models differ in. Thread-safe.
public final class BlockingDriver {
  /// Clients that are told at once that the server is busy; more than these are just closed.
  private static final int REFUSALS = 64;

  final House house;
  private final Reaper reaper;
  private final Semaphore refusals = new Semaphore(REFUSALS);

  public BlockingDriver(House house) {
    this.house = house;
    this.reaper = new Reaper(house);
  }

  /// Starts watching deadlines.
  public void start() throws IOException {
    Pollers.open();
    Thread.ofPlatform().daemon().name("usher-reaper").start(reaper);
  }

  /// Serves one client, whose seat is taken, to its end.
  public void serve(SocketChannel channel, Protocol protocol, boolean delayable) {
    BlockingConnection connection;
    try {
      connection = new BlockingStream(house, reaper, channel, protocol, delayable);
    } catch (Throwable thrown) {
      house.probe.broken(thrown);
      Door.turnAway(house, channel);
      return;
    }
    connection.run();
  }

  /// Has a conversation in datagrams, whose seat is taken, to its end.
  public void serve(Line line) {
    DatagramChannel channel = line.open();
    if (channel == null) {
      return;
    }
    BlockingConnection connection;
    try {
      connection = new BlockingDatagrams(house, reaper, channel, line);
    } catch (Throwable thrown) {
      line.turnAway();
      house.probe.broken(thrown);
      return;
    }
    connection.run();
  }

  /// Tells a client, whose seat is taken, that there is no room, without waiting for it.
  public void refuse(SocketChannel channel, Protocol protocol) {
    house.probe.refused();
    if (!refusals.tryAcquire()) {
      Door.turnAway(house, channel);
      return;
    }
    Thread.ofVirtual()
        .name("usher-refusal")
        .start(
            () -> {
              try (channel) {
                tell(channel, protocol.busy());
              } catch (IOException gone) {
                // The client did not wait to be told.
              } finally {
                refusals.release();
                house.permits.give();
              }
            });
  }

  /// Says it, then reads until the client has read it: closing over unread bytes would destroy it.
  private void tell(SocketChannel channel, ByteBuffer words) throws IOException {
    Thread timer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    TimeUnit.NANOSECONDS.sleep(house.linger);
                    channel.close();
                  } catch (InterruptedException | IOException done) {
                    // The client was faster.
                  }
                });
    try {
      while (words.hasRemaining()) {
        channel.write(words);
      }
      channel.shutdownOutput();
      ByteBuffer unread = ByteBuffer.allocate(1 << 10);
      while (channel.read(unread.clear()) >= 0) {
        // Thrown away.
      }
    } finally {
      timer.interrupt();
    }
  }

  /// Lets all connections finish politely. May be said again, with less time.
  public void drain(long parting) {
    for (BlockingConnection connection : reaper.drain(parting)) {
      connection.drainElsewhere(parting);
    }
  }

  /// Cuts what is still served and stops watching.
  public void end() {
    for (BlockingConnection connection : reaper.end()) {
      connection.cut(Cause.CUT);
    }
  }
}
