package usher.files.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import usher.files.frame.Frame;
import usher.files.frame.FrameException;
import usher.server.Address;

/// A connection that waits for its peer, but not for ever: every read and write, and the connecting
/// itself, has so much time to make some progress. Interrupting its thread ends the wait.
final class Wire implements AutoCloseable {
  private static final int INBOX = 64 * 1024;

  private final SocketChannel channel;
  private final Selector selector;
  private final long patience;
  private final ByteBuffer inbox = ByteBuffer.allocate(INBOX).flip();
  private final Frame frame = new Frame();

  private Wire(SocketChannel channel, Selector selector, Duration patience) {
    this.channel = channel;
    this.selector = selector;
    this.patience = patience.toMillis();
  }

  static Wire connect(Address address, Duration patience) throws IOException {
    SocketAddress where = resolve(address);
    SocketChannel channel =
        where instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    Selector selector = null;
    try {
      selector = Selector.open();
      channel.configureBlocking(false);
      if (where instanceof InetSocketAddress) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      Wire wire = new Wire(channel, selector, patience);
      if (!channel.connect(where)) {
        wire.await(SelectionKey.OP_CONNECT);
        channel.finishConnect();
      }
      return wire;
    } catch (Throwable thrown) {
      channel.close();
      if (selector != null) {
        selector.close();
      }
      throw thrown;
    }
  }

  private static SocketAddress resolve(Address address) throws IOException {
    return switch (address) {
      case Address.Tcp tcp -> {
        InetSocketAddress where = tcp.socketAddress();
        if (where.isUnresolved()) {
          throw new UnknownHostException(tcp.host() + ": no such host");
        }
        yield where;
      }
      case Address.Unix unix -> UnixDomainSocketAddress.of(unix.path());
      case Address.Udp udp -> throw new IOException(udp + ": files need a stream");
    };
  }

  private void await(int operation) throws IOException {
    channel.register(selector, operation);
    int ready = selector.select(patience);
    if (Thread.interrupted()) {
      throw new Cancelled();
    }
    if (ready == 0) {
      throw new SocketTimeoutException("no answer within " + patience / 1000 + " s");
    }
    selector.selectedKeys().clear();
  }

  void write(byte[] bytes) throws IOException {
    write(ByteBuffer.wrap(bytes));
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  /// Whether the peer has said something that was not read.
  boolean heard() throws IOException {
    if (!inbox.hasRemaining()) {
      inbox.clear();
      int count = channel.read(inbox);
      inbox.flip();
      if (count < 0) {
        throw new EOFException("the server has closed the connection");
      }
    }
    return inbox.hasRemaining();
  }

  /// The next message.
  String message() throws IOException {
    try {
      while (true) {
        fill();
        String text = frame.read(inbox);
        if (text != null) {
          return text;
        }
      }
    } catch (FrameException wrong) {
      throw new IOException("this is no server of files: " + wrong.getMessage(), wrong);
    }
  }

  /// Some bytes that stand bare.
  int read(ByteBuffer into) throws IOException {
    if (!inbox.hasRemaining()) {
      int count;
      while ((count = channel.read(into)) == 0) {
        await(SelectionKey.OP_READ);
      }
      if (count < 0) {
        throw new EOFException("the server has closed the connection");
      }
      return count;
    }
    int count = Math.min(into.remaining(), inbox.remaining());
    into.put(into.position(), inbox, inbox.position(), count).position(into.position() + count);
    inbox.position(inbox.position() + count);
    return count;
  }

  private void fill() throws IOException {
    while (!heard()) {
      await(SelectionKey.OP_READ);
    }
  }

  @Override
  public void close() throws IOException {
    try (selector) {
      channel.close();
    }
  }
}
