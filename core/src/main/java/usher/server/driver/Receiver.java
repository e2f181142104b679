package usher.server.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import usher.server.DatagramHandler;
import usher.server.Probe.Drop;

/// A datagram socket on a loop, under every model: the models differ in the [Desk] alone.
///
/// ```
///   ready ──► receive ──► too long · no seat · no room at the desk ──► dropped, counted, told
///               ▲  │ at most 64 in a row                 │
///               └──┘                                     └──► handled here, or copied for elsewhere
/// ```
///
/// - A datagram takes a seat from its receipt to the end of its handling, so that a drain knows
///   what is in flight.
/// - Never waits for a seat: what finds none is dropped. What the kernel drops because its own
///   buffer is full, nobody tells us.
/// - What is handled here is lent the loop's buffer, and nothing is allocated for it but the
///   sender's address, which the JDK makes when another one sends. What is handled elsewhere is
///   copied, as long as it is.
public final class Receiver extends Inlet {
  private final DatagramHandler handler;
  private final Desk desk;
  private final Packet lent;

  /// Where a model handles datagrams.
  @FunctionalInterface
  public interface Desk {
    /// Runs the packet, or sees that it will be run. False if there is no room for it.
    boolean take(Packet packet);

    /// Whether it has been run when [#take] returns.
    default boolean here() {
      return false;
    }

    /// The chair that a datagram needs, where only one is handled at a time. It is given back when
    /// [#take] returns.
    default @Nullable Chair chair() {
      return null;
    }

    /// A desk that runs each packet in place.
    static Desk here(Consumer<Packet> handling) {
      return new Here(handling, null);
    }

    /// A desk that runs each packet in place, on this chair.
    static Desk here(Consumer<Packet> handling, Chair chair) {
      return new Here(handling, chair);
    }
  }

  private record Here(Consumer<Packet> handling, @Nullable Chair chair) implements Desk {
    @Override
    public boolean take(Packet packet) {
      handling.accept(packet);
      return true;
    }

    @Override
    public boolean here() {
      return true;
    }
  }

  public Receiver(Loop loop, DatagramChannel channel, DatagramHandler handler, Desk desk)
      throws IOException {
    // One that blocks in place leaves the loop to others after each datagram.
    super(
        loop, channel, handler.longest(), desk.here() && handler.blocks() ? 1 : MOST, desk.chair());
    this.handler = handler;
    this.desk = desk;
    this.lent = new Packet(new Post(loop.house, channel, handler, local), in, local);
  }

  @Override
  void arrived(InetSocketAddress from) {
    lent.lend(from);
    admit();
    if (desk.here() && handler.blocks()) {
      // The time of this round has gone by meanwhile.
      long _ = loop.later();
    }
  }

  private void admit() {
    loop.house.probe.received(lent);
    if (in.remaining() > longest) {
      loop.house.drop(lent, Drop.TOO_LONG);
    } else if (!loop.house.permits.enter()) {
      loop.house.drop(lent, Drop.NO_SEAT);
    } else if (!seat()) {
      loop.house.permits.leave();
      loop.house.drop(lent, Drop.QUEUE_FULL);
    }
  }

  private boolean seat() {
    try {
      return desk.take(desk.here() ? lent : lent.copy());
    } catch (Throwable thrown) {
      loop.house.probe.broken(thrown);
      return false;
    }
  }
}
