package usher.server.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.function.Consumer;
import usher.server.DatagramHandler;
import usher.server.Probe.Drop;

/// A datagram socket on a loop, under every model: the models differ in the [Desk] alone.
///
/// ```
///   ready ──► receive ──► too long · no seat · no room at the desk ──► dropped, counted, told
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
/// - A receive that finds nothing costs a system call, so how many are tried follows how many were
///   found before.
public final class Receiver extends Gate {
  private static final int MOST = 64;

  /// After how many events with one datagram each a second one is looked for.
  private static final int PROBE = 16;

  final DatagramChannel channel;
  final DatagramHandler handler;
  final InetSocketAddress local;
  private final Desk desk;
  private final ByteBuffer in;
  private final Packet lent;
  private final int most;
  private int budget = 1;
  private int lonely;

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
    super(loop, channel, SelectionKey.OP_READ);
    this.channel = channel;
    this.handler = handler;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.desk = desk;
    this.in = loop.in.duplicate();
    this.lent = new Packet(this, in, local);
    // One that blocks in place leaves the loop to others after each datagram.
    this.most = desk.here() && handler.blocks() ? 1 : MOST;
  }

  @Override
  void ready() {
    int found = 0;
    try {
      while (found < budget && receive()) {
        found++;
      }
    } catch (ClosedChannelException end) {
      loop.unwatch(this);
    } catch (IOException thrown) {
      pause(thrown);
    }
    plan(found);
    if (desk.here() && handler.blocks()) {
      // The time of this round has gone by meanwhile.
      long _ = loop.later();
    }
  }

  private void plan(int found) {
    if (found < budget) {
      budget = Math.max(1, found);
    } else if (budget > 1 || ++lonely == PROBE) {
      lonely = 0;
      budget = Math.min(most, budget * 2);
    }
  }

  private boolean receive() throws IOException {
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
