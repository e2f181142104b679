package usher.lab.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.lab.load.LoadPlan.Shape;
import usher.lab.load.LoadPlan.Wire;
import usher.lab.load.wire.Answer;
import usher.lab.load.wire.HttpAnswer;
import usher.lab.load.wire.LineAnswer;
import usher.lab.load.wire.RequestBytes;
import usher.server.Address;

/// What all connections of a run share: where they go, what they send, and the buffers, of which
/// one thread has the use.
final class Gear {
  /// Of connections whose answers are all read slowly: so that the system does not read far ahead.
  /// It has to be set before they connect: a sender that once saw a large window waits until it can
  /// fill half of such a one.
  private static final int SMALL_BUFFER = 16_384;

  private static final int BUFFER = 262_144;

  /// Connections from one address of this machine to one of the server: about 28,000 ports are
  /// there, some still taken by what went before.
  private static final int FROM_ONE_ADDRESS = 20_000;

  final LoadPlan plan;
  final Selector selector;
  final Ledger ledger;
  final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
  final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);

  private final Shape[] shapes;
  private final RequestBytes[] requests;
  private final SocketAddress target;
  private final boolean allSlow;
  private final KeptChannels kept;

  Gear(LoadPlan plan, Selector selector, Ledger ledger, KeptChannels kept) throws IOException {
    this.plan = plan;
    this.kept = kept;
    this.selector = selector;
    this.ledger = ledger;
    Address address = Address.parse(plan.address());
    boolean udp = address instanceof Address.Udp;
    if (udp != (plan.wire() == Wire.DATAGRAM)) {
      throw new IllegalArgumentException(plan.wire() + " does not go to " + address);
    }
    this.target =
        switch (address) {
          case Address.Tcp tcp -> tcp.socketAddress();
          case Address.Udp to -> to.socketAddress();
          case Address.Unix unix -> UnixDomainSocketAddress.of(unix.path());
        };
    String host = address instanceof Address.Tcp tcp ? tcp.host() + ":" + tcp.port() : "localhost";
    ByteBuffer block = RequestBytes.block();
    List<Shape> kinds = plan.shapes();
    this.shapes = kinds.toArray(Shape[]::new);
    this.requests =
        kinds.stream().map(shape -> request(shape, host, block)).toArray(RequestBytes[]::new);
    this.allSlow = kinds.stream().allMatch(shape -> shape.readRate() > 0);
  }

  private RequestBytes request(Shape shape, String host, ByteBuffer block) {
    return switch (plan.wire()) {
      case HTTP, CONNECTION_EACH ->
          RequestBytes.http(
              shape.method(),
              shape.path(),
              host,
              plan.wire() == Wire.CONNECTION_EACH,
              shape.sends(),
              block);
      case LINE -> RequestBytes.line(shape.sends());
      case DATAGRAM -> RequestBytes.datagram(shape.sends());
    };
  }

  Shape shape(int kind) {
    return shapes[kind];
  }

  RequestBytes request(int kind) {
    return requests[kind];
  }

  Answer answer() {
    return plan.wire() == Wire.LINE ? new LineAnswer() : new HttpAnswer();
  }

  boolean unix() {
    return target instanceof UnixDomainSocketAddress;
  }

  SocketAddress target() {
    return target;
  }

  /// A connection of an earlier load; null where there is none, or the plan is not for such.
  @Nullable SocketChannel kept() {
    return keeps() ? kept.take(target) : null;
  }

  /// Takes over a connection on which nothing is under way.
  ///
  /// @return whether there is a use for it
  boolean keep(SocketChannel channel) {
    if (keeps()) {
      kept.keep(target, channel);
    }
    return keeps();
  }

  private boolean keeps() {
    return plan.greets() && !allSlow;
  }

  /// A channel that is not connected yet.
  ///
  /// @param number of the connection, from 0
  SocketChannel channel(int number) throws IOException {
    SocketChannel channel =
        SocketChannel.open(
            unix()
                ? StandardProtocolFamily.UNIX
                : ((InetSocketAddress) target).getAddress().getAddress().length == 4
                    ? StandardProtocolFamily.INET
                    : StandardProtocolFamily.INET6);
    channel.configureBlocking(false);
    if (allSlow) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
    }
    if (target instanceof InetSocketAddress to) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      int source = number / FROM_ONE_ADDRESS;
      if (source > 0
          && to.getAddress().isLoopbackAddress()
          && to.getAddress().getAddress().length == 4) {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress("127.0.0." + (1 + source), 0));
      }
    }
    return channel;
  }

  /// A channel for datagrams, connected.
  DatagramChannel datagrams() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.configureBlocking(false);
    channel.connect(target);
    return channel;
  }
}
