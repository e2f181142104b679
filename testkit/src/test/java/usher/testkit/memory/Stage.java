package usher.testkit.memory;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/// What a script plays with: a network, a listener, and a connected pair when it asks for one.
/// Closes all that was opened here.
final class Stage implements Closeable {
  private static final int BUFFER = 64 * 1024;

  final SelectorProvider network;
  final Mode mode;
  private final boolean swapped;
  private final ServerSocketChannel listener;
  private final List<Closeable> opened = new ArrayList<>();
  private final List<String> transcript = new ArrayList<>();

  /// The side that does things first; the client unless swapped.
  final End a;

  /// The other side.
  final End b;

  Stage(SelectorProvider network, Mode mode, boolean swapped) throws IOException {
    this.network = network;
    this.mode = mode;
    this.swapped = swapped;
    this.listener = listen();
    SocketChannel client = connect(listener);
    SocketChannel server = bounded(open(listener.accept()));
    client.configureBlocking(mode.blocks());
    server.configureBlocking(mode.blocks());
    this.a = new End(swapped ? server : client);
    this.b = new End(swapped ? client : server);
  }

  void say(String line) {
    transcript.add(line);
  }

  void say(Object... words) {
    say(String.join(" ", Arrays.stream(words).map(String::valueOf).toList()));
  }

  List<String> transcript() {
    return transcript;
  }

  <C extends Closeable> C open(C closeable) {
    opened.add(closeable);
    return closeable;
  }

  ServerSocketChannel listen() throws IOException {
    ServerSocketChannel opened = open(network.openServerSocketChannel());
    opened.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
    return opened.bind(anyPort());
  }

  SocketChannel connect(ServerSocketChannel to) throws IOException {
    SocketChannel client = bounded(open(network.openSocketChannel()));
    client.connect(to.getLocalAddress());
    return client;
  }

  // Buffers of a set size do not grow, as those of a real socket otherwise do at any moment.
  private static SocketChannel bounded(SocketChannel channel) throws IOException {
    return channel
        .setOption(StandardSocketOptions.SO_SNDBUF, BUFFER)
        .setOption(StandardSocketOptions.SO_RCVBUF, BUFFER);
  }

  Selector selector() throws IOException {
    return open(network.openSelector());
  }

  /// An address at which nobody listens.
  SocketAddress deserted() throws IOException {
    try (ServerSocketChannel gone = network.openServerSocketChannel()) {
      return gone.bind(anyPort()).getLocalAddress();
    }
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /// Starts a thread of the mode's kind.
  <T> Worker<T> start(Callable<T> work) {
    return Worker.start(mode.threads(), work);
  }

  /// Starts a thread of the mode's kind and waits until it blocks.
  Worker<String> startBlocked(End.Operation work) {
    return start(() -> End.outcome(work)).awaitBlocked();
  }

  @Override
  public void close() throws IOException {
    for (Closeable closeable : opened.reversed()) {
      closeable.close();
    }
  }

  @Override
  public String toString() {
    return network + " " + mode + (swapped ? " from the server" : " from the client");
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
