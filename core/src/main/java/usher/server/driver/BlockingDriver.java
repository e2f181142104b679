package usher.server.driver;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import usher.server.Connected;
import usher.server.Model;
import usher.server.Probe.Refusal;
import usher.session.Cause;

/// The blocking driver: serves a connection on the thread that calls it, until the connection ends.
/// Which thread that is, is all that the blocking models differ in. Thread-safe.
public final class BlockingDriver {
  /// Clients that are told at once that the server is busy, with time to listen; more than these
  /// are told in passing.
  private static final int REFUSALS = 64;

  /// As much of what a client says is read before he is sent away in passing.
  private static final int SAID = 4 << 10;

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

  /// Serves one client to his end; or tells him that there is no room, if he has waited for his
  /// thread for too long.
  public void serve(Arrival arrival) {
    long queued = house.now() - arrival.came();
    if (queued > house.queueTime) {
      house.probe.refused(Refusal.WAITED);
      tellInPassing(arrival);
      return;
    }
    BlockingConnection connection;
    try {
      connection = new BlockingStream(house, reaper, arrival, queued);
    } catch (Throwable thrown) {
      house.probe.broken(thrown);
      Door.turnAway(house, arrival.channel());
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

  /// Tells a client that there is no room, without waiting for him.
  public void refuse(Arrival arrival, Refusal why) {
    house.probe.refused(why);
    if (!refusals.tryAcquire()) {
      tellInPassing(arrival);
      return;
    }
    Thread.ofVirtual().name("usher-refusal").start(() -> tell(arrival));
  }

  /// Reads what the client has said by now, says that there is no room, and closes: what costs the
  /// least. He may miss it if he was still about to speak.
  private void tellInPassing(Arrival arrival) {
    SocketChannel channel = arrival.channel();
    try {
      channel.configureBlocking(false);
      ByteBuffer unread = ByteBuffer.allocate(SAID);
      while (unread.hasRemaining() && channel.read(unread) > 0) {
        // Thrown away.
      }
      channel.write(arrival.protocol().busy());
      channel.shutdownOutput();
    } catch (IOException gone) {
      // The client did not wait to be told.
    } finally {
      Door.turnAway(house, channel);
    }
  }

  private void tell(Arrival arrival) {
    SocketAddress from = Door.from(arrival.channel());
    try (SocketChannel channel = arrival.channel()) {
      tell(channel, arrival.protocol().busy());
    } catch (IOException gone) {
      // The client did not wait to be told.
    } finally {
      refusals.release();
      house.turnstile.left(from);
      house.permits.give();
    }
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

  /// The connections that are open.
  public List<Connected> connections(Model model) {
    return reaper.open().stream().map(connection -> connection.seen(model)).toList();
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
