package usher.server.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;
import usher.server.DatagramHandler;
import usher.server.Probe.Drop;

/// A datagram socket on a loop, under every model: the models differ in the [Desk] alone.
///
/// ```
///   take ───► receive ──► too long · no seat · no room at the desk ──► dropped, counted, told
///               ▲  │ at most [#budget] in a row          │
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
public final class Receiver extends Gate {
  private static final int MOST = 64;

  final DatagramChannel channel;
  final DatagramHandler handler;
  final InetSocketAddress local;
  private final Desk desk;
  private final ByteBuffer in;
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

    /// A desk that runs each packet in place.
    static Desk here(Consumer<Packet> handling) {
      return new Here(handling);
    }
  }

  private record Here(Consumer<Packet> handling) implements Desk {
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
    super(loop, channel, SelectionKey.OP_READ, desk.here() && handler.blocks() ? 1 : MOST);
    this.channel = channel;
    this.handler = handler;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.desk = desk;
    this.in = loop.in.duplicate();
    this.lent = new Packet(this, in, local);
  }

  @Override
  boolean take() throws IOException {
    if (loop.house.permits.closed()) {
      // The server drains: what has not been received stays with the kernel.
      stop();
      return false;
    }
    // One byte more than is taken tells what is too long from what just fits.
    in.clear().limit(handler.longest() + 1).order(ByteOrder.BIG_ENDIAN);
    InetSocketAddress from = (InetSocketAddress) channel.receive(in);
    if (from == null) {
      return false;
    }
    in.flip();
    lent.lend(from);
    admit();
    if (desk.here() && handler.blocks()) {
      // The time of this round has gone by meanwhile.
      long _ = loop.later();
    }
    return true;
  }

  private void admit() {
    loop.house.probe.received(lent);
    if (in.remaining() > handler.longest()) {
      drop(lent, Drop.TOO_LONG);
    } else if (!loop.house.permits.enter()) {
      drop(lent, Drop.NO_SEAT);
    } else if (!seat()) {
      loop.house.permits.leave();
      drop(lent, Drop.QUEUE_FULL);
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

  void drop(Packet packet, Drop why) {
    loop.house.probe.dropped(packet, why);
    loop.house.dropped.increment();
  }
}
