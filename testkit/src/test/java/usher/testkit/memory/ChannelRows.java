package usher.testkit.memory;

import static usher.testkit.memory.Row.row;

import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/// Connecting, accepting, and what channels say when asked for something out of turn.
final class ChannelRows {
  /// Many times what the buffers of a connection hold, in bytes.
  private static final int HUGE = 4 << 20;

  private ChannelRows() {}

  static List<Row> rows() {
    return List.of(
        row(
            "a channel that was never connected",
            s -> {
              SocketChannel fresh = s.open(s.network.openSocketChannel());
              End end = new End(fresh);
              s.say(fresh.isConnected(), fresh.isConnectionPending(), fresh.isBlocking());
              s.say(fresh.getLocalAddress(), fresh.getRemoteAddress());
              s.say(end.readNow(), end.write("x"));
              s.say(End.outcome(() -> "" + fresh.shutdownInput()));
              s.say(End.outcome(() -> "" + fresh.shutdownOutput()));
              s.say(End.outcome(() -> "" + fresh.finishConnect()));
              s.say(end.ready(Ops.STREAM));
            },
            "false false true",
            "null null",
            "NotYetConnectedException NotYetConnectedException",
            "NotYetConnectedException",
            "NotYetConnectedException",
            "NoConnectionPendingException",
            "connect read write"),
        row(
            "a closed channel",
            s -> {
              SocketChannel closed = s.a.channel;
              closed.close();
              closed.close();
              s.say(closed.isOpen(), closed.isConnected());
              s.say(s.a.readNow(), s.a.write("x"));
              s.say(End.outcome(() -> "" + closed.getRemoteAddress()));
              s.say(End.outcome(() -> "" + closed.shutdownOutput()));
              s.say(End.outcome(() -> "" + closed.configureBlocking(true)));
              s.say(End.outcome(() -> "" + closed.connect(Stage.anyPort())));
              s.say(End.outcome(() -> "" + closed.finishConnect()));
              s.say(
                  End.outcome(
                      () -> "" + closed.setOption(StandardSocketOptions.TCP_NODELAY, true)));
            },
            "false false",
            "ClosedChannelException ClosedChannelException",
            "ClosedChannelException",
            "ClosedChannelException",
            "ClosedChannelException",
            "ClosedChannelException",
            "ClosedChannelException",
            "ClosedChannelException"),
        row(
            "a connected channel connects no more",
            s -> {
              s.say(End.outcome(() -> "" + s.a.channel.connect(s.deserted())));
              s.say(s.a.channel.finishConnect(), s.a.channel.isOpen());
              s.say(End.outcome(() -> "" + s.a.channel.bind(null)));
            },
            "AlreadyConnectedException",
            "true true",
            "AlreadyBoundException"),
        row(
            "both sides know the same addresses",
            s -> {
              s.say(
                  s.a.channel.getLocalAddress().equals(s.b.channel.getRemoteAddress()),
                  s.b.channel.getLocalAddress().equals(s.a.channel.getRemoteAddress()),
                  s.a.channel.getLocalAddress().equals(s.a.channel.getRemoteAddress()));
              ServerSocketChannel listener = s.listen();
              SocketChannel client = s.open(s.network.openSocketChannel());
              client.bind(Stage.anyPort());
              InetSocketAddress bound = (InetSocketAddress) client.getLocalAddress();
              client.connect(listener.getLocalAddress());
              SocketChannel server = s.open(listener.accept());
              s.say(bound.equals(server.getRemoteAddress()), bound.getPort() > 0);
            },
            "true true false",
            "true true"),
        row(
            "nobody listens, blocking",
            s -> {
              SocketChannel client = s.open(s.network.openSocketChannel());
              s.say(End.outcome(() -> "" + client.connect(s.deserted())));
              s.say(client.isOpen());
            },
            "ConnectException: Connection refused",
            "false"),
        row(
            "nobody listens, non-blocking",
            s -> {
              SocketChannel client = s.open(s.network.openSocketChannel());
              client.configureBlocking(false);
              s.say(client.connect(s.deserted()), client.isConnectionPending());
              End end = new End(client);
              end.awaitReady(SelectionKey.OP_CONNECT);
              s.say(end.ready(Ops.STREAM));
              s.say(End.outcome(() -> "" + client.finishConnect()));
              s.say(client.isOpen(), client.isConnectionPending());
            },
            "false true",
            "connect read write",
            "ConnectException: Connection refused",
            "false false"),
        row(
            "a non-blocking connection is finished later",
            s -> {
              ServerSocketChannel listener = s.listen();
              SocketChannel client = s.open(s.network.openSocketChannel());
              client.configureBlocking(false);
              s.say(client.connect(listener.getLocalAddress()));
              s.say(client.isConnected(), client.isConnectionPending());
              End end = new End(client);
              s.say(end.readNow(), end.write("x"));
              s.say(End.outcome(() -> "" + client.connect(listener.getLocalAddress())));
              s.say(End.outcome(() -> "" + client.bind(null)));
              end.awaitReady(SelectionKey.OP_CONNECT);
              s.say(end.ready(Ops.STREAM));
              s.say(client.finishConnect(), client.finishConnect());
              s.say(client.isConnected(), client.isConnectionPending(), end.ready(Ops.STREAM));
              s.say(s.open(listener.accept()).isConnected());
            },
            "false",
            "false true",
            "NotYetConnectedException NotYetConnectedException",
            "ConnectionPendingException",
            "ConnectionPendingException",
            "connect",
            "true true",
            "true false write",
            "true"),
        row(
            "a connection is finished in blocking mode",
            s -> {
              ServerSocketChannel listener = s.listen();
              SocketChannel client = s.open(s.network.openSocketChannel());
              client.configureBlocking(false);
              s.say(client.connect(listener.getLocalAddress()));
              client.configureBlocking(true);
              s.say(client.finishConnect());
            },
            "false",
            "true"),
        row(
            "addresses of the wrong kind",
            s -> {
              SocketChannel client = s.open(s.network.openSocketChannel());
              ServerSocketChannel listener = s.open(s.network.openServerSocketChannel());
              InetSocketAddress unresolved = InetSocketAddress.createUnresolved("nowhere.test", 80);
              UnixDomainSocketAddress unix = UnixDomainSocketAddress.of("/nowhere");
              s.say(End.outcome(() -> "" + client.connect(unresolved)));
              s.say(End.outcome(() -> "" + client.connect(unix)));
              s.say(End.outcome(() -> "" + client.bind(unix)));
              s.say(End.outcome(() -> "" + listener.bind(unresolved)));
              s.say(End.outcome(() -> "" + listener.bind(unix)));
              s.say(client.isOpen(), listener.isOpen());
            },
            "UnresolvedAddressException",
            "UnsupportedAddressTypeException",
            "UnsupportedAddressTypeException",
            "UnresolvedAddressException",
            "UnsupportedAddressTypeException",
            "true true"),
        row(
            "the wildcard address can be listened on and connected to",
            s -> {
              ServerSocketChannel listener =
                  s.open(s.network.openServerSocketChannel()).bind(new InetSocketAddress(0));
              SocketChannel client = s.connect(listener);
              s.say(
                  client.isConnected(),
                  ((InetSocketAddress) client.getRemoteAddress()).getAddress().isLoopbackAddress());
            },
            "true true"),
        row(
            "a listener that is not bound, bound, closed",
            s -> {
              ServerSocketChannel listener = s.open(s.network.openServerSocketChannel());
              s.say(listener.getLocalAddress(), End.outcome(() -> "" + listener.accept()));
              listener.bind(Stage.anyPort());
              s.say(((InetSocketAddress) listener.getLocalAddress()).getPort() > 0);
              s.say(End.outcome(() -> "" + listener.bind(null)));
              ServerSocketChannel second = s.open(s.network.openServerSocketChannel());
              s.say(End.outcome(() -> "" + second.bind(listener.getLocalAddress())));
              listener.configureBlocking(false);
              s.say(listener.accept());
              var address = listener.getLocalAddress();
              listener.close();
              s.say(End.outcome(() -> "" + listener.accept()));
              s.say(End.outcome(() -> "" + listener.getLocalAddress()));
              s.say(End.outcome(() -> "" + second.bind(address).isOpen()));
            },
            "null NotYetBoundException",
            "true",
            "AlreadyBoundException",
            "BindException: Address already in use",
            "null",
            "ClosedChannelException",
            "ClosedChannelException",
            "true"),
        row(
            "accepted channels block, whatever the listener does",
            s -> {
              ServerSocketChannel listener = s.listen();
              listener.configureBlocking(false);
              s.connect(listener);
              Selector selector = s.selector();
              listener.register(selector, SelectionKey.OP_ACCEPT);
              selector.select();
              s.say(s.open(listener.accept()).isBlocking(), listener.accept());
            },
            "true null"),
        row(
            "connections are accepted in order",
            s -> {
              ServerSocketChannel listener = s.listen();
              SocketChannel first = s.connect(listener);
              SocketChannel second = s.connect(listener);
              s.say(
                  first.getLocalAddress().equals(s.open(listener.accept()).getRemoteAddress()),
                  second.getLocalAddress().equals(s.open(listener.accept()).getRemoteAddress()));
            },
            "true true"),
        row(
            "bytes sent before the accept are there, and so is the close",
            s -> {
              ServerSocketChannel listener = s.listen();
              End client = new End(s.connect(listener));
              s.say(client.write("early"));
              client.close();
              End server = new End(s.open(listener.accept()));
              s.say(server.read(), server.read());
            },
            "5 written",
            "'early' end"),
        row(
            "a connection that was reset before the accept",
            s -> {
              ServerSocketChannel listener = s.listen();
              End client = new End(s.connect(listener));
              client.reset();
              End server = new End(s.open(listener.accept()));
              server.awaitHangUp();
              s.say(server.channel.isConnected(), server.readNow());
              s.say(server.channel.getRemoteAddress() != null);
            },
            "true SocketException: Connection reset",
            "true"),
        row(
            "closing a listener resets what it had not accepted",
            s -> {
              ServerSocketChannel listener = s.listen();
              End client = new End(s.connect(listener));
              listener.close();
              client.awaitHangUp();
              s.say(client.readNow());
            },
            "SocketException: Connection reset"),
        row(
            "options are kept",
            s -> {
              s.a.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
              s.a.channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
              s.a.channel.setOption(StandardSocketOptions.SO_LINGER, 0);
              s.say(
                  s.a.channel.getOption(StandardSocketOptions.TCP_NODELAY),
                  s.a.channel.getOption(StandardSocketOptions.SO_KEEPALIVE),
                  s.a.channel.getOption(StandardSocketOptions.SO_LINGER));
              s.say(
                  s.b.channel.getOption(StandardSocketOptions.TCP_NODELAY),
                  s.b.channel.getOption(StandardSocketOptions.SO_KEEPALIVE),
                  s.b.channel.getOption(StandardSocketOptions.SO_LINGER));
              s.say(s.a.channel.getOption(StandardSocketOptions.SO_SNDBUF) > 0);
              s.say(
                  s.a.channel.supportedOptions().contains(StandardSocketOptions.IP_MULTICAST_TTL));
              s.say(
                  End.outcome(
                      () -> "" + s.a.channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1)));
              s.say(
                  End.outcome(
                      () -> "" + s.a.channel.getOption(StandardSocketOptions.IP_MULTICAST_TTL)));
              ServerSocketChannel listener = s.listen();
              listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
              s.say(listener.getOption(StandardSocketOptions.SO_REUSEADDR));
            },
            "true true 0",
            "false false -1",
            "true",
            "false",
            "UnsupportedOperationException",
            "UnsupportedOperationException",
            "true"),
        row(
            "a blocking write is whole where only platform threads use the channel",
            s -> {
              ServerSocketChannel listener = s.listen();
              int size = HUGE;
              Worker<Integer> writer =
                  Worker.start(
                      Mode.BLOCKING.threads(),
                      () -> s.connect(listener).write(ByteBuffer.allocate(size)));
              End server = new End(s.open(listener.accept()));
              writer.awaitBlocked();
              s.say(writer.isDone());
              server.drain(size);
              s.say(writer.result() == size);
            },
            "false",
            "true"),
        row(
            "a blocking write on a virtual thread is not empty",
            s -> {
              s.a.channel.configureBlocking(true);
              s.b.channel.configureBlocking(true);
              int size = HUGE;
              ByteBuffer source = ByteBuffer.allocate(size);
              Worker<Boolean> writer =
                  Worker.start(
                      Mode.BLOCKING_VIRTUAL.threads(),
                      () -> {
                        boolean moved = true;
                        while (source.hasRemaining()) {
                          moved &= s.a.channel.write(source) > 0;
                        }
                        return moved;
                      });
              writer.awaitBlocked();
              s.say(writer.isDone());
              s.b.drain(size);
              s.say(writer.result());
            },
            "false",
            "true"));
  }
}
