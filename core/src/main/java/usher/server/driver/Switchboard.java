package usher.server.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import usher.server.Probe.Drop;
import usher.session.Carriage;
import usher.session.Protocol;

/// A datagram socket at which conversations begin: each new sender is given a line of its own.
///
/// ```
///   ready ──► receive ──► a sender that has a line · too long · empty · no seat · no place ──► dropped
///                              │
///                              └──► [Line] ──► a channel of its own, connected ──► a session
/// ```
///
/// - Answers come from the conversation's own port, so a sender that has heard one sends no more
///   here. What it still sends here is its first datagram once more, because the answer was lost or
///   is late: it is dropped, and the session's deadline sees to a repeated answer.
/// - A line takes a seat from its first datagram to its end, so there are no more lines than seats,
///   and the table of those who have one is as large at most. It never waits for a seat.
/// - Who has a line is said by the [Directory] of the address, which outlives a model.
public final class Switchboard extends Inlet {
  final Protocol protocol;
  private final Place place;

  private final Directory directory;

  /// Where a model has conversations.
  @FunctionalInterface
  public interface Place {
    /// Has the conversation, or sees that it will be had. False if there is no room for it.
    boolean seat(Line line);
  }

  /// A switchboard whose conversations are had elsewhere.
  public Switchboard(
      Loop loop, DatagramChannel channel, Protocol protocol, Directory directory, Place place)
      throws IOException {
    this.protocol = protocol;
    this.directory = directory;
    this.place = place;
    super(loop, channel, longest(protocol), MOST, null);
  }

  /// A switchboard whose conversations are had on its own loop.
  public static Switchboard onLoop(
      Loop loop, DatagramChannel channel, Protocol protocol, Directory directory)
      throws IOException {
    return new Switchboard(
        loop,
        channel,
        protocol,
        directory,
        line -> {
          loop.open(line);
          return true;
        });
  }

  private static int longest(Protocol protocol) {
    return switch (protocol.carriage()) {
      case Carriage.Datagrams(int longest) -> longest;
      case Carriage.Stream() ->
          throw new IllegalArgumentException(protocol.name() + " is carried by streams");
    };
  }

  @Override
  void arrived(InetSocketAddress from) {
    Drop refusal = refusal(from);
    Line line =
        new Line(
            this, from, refusal == null ? ByteBuffer.allocate(in.remaining()).put(in).flip() : in);
    loop.house.probe.received(line);
    if (refusal != null) {
      loop.house.drop(line, refusal);
      return;
    }
    if (!directory.add(from, line)) {
      // Another loop was faster.
      loop.house.permits.give();
      loop.house.drop(line, Drop.REPEATED);
      return;
    }
    if (!seat(line)) {
      line.turnAway();
      loop.house.drop(line, Drop.QUEUE_FULL);
    }
  }

  /// Why no conversation begins with the datagram that has come, or null: then a seat is taken.
  private @Nullable Drop refusal(InetSocketAddress from) {
    if (directory.has(from)) {
      return Drop.REPEATED;
    }
    if (in.remaining() > longest) {
      return Drop.TOO_LONG;
    }
    if (!in.hasRemaining()) {
      return Drop.EMPTY;
    }
    return loop.house.permits.takeNow() ? null : Drop.NO_SEAT;
  }

  private boolean seat(Line line) {
    try {
      return place.seat(line);
    } catch (Throwable thrown) {
      loop.house.probe.broken(thrown);
      return false;
    }
  }

  void forget(InetSocketAddress sender, Line line) {
    directory.forget(sender, line);
  }
}
