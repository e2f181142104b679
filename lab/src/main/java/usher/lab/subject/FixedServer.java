package usher.lab.subject;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// The program that the load generator is measured against: it answers every blank line with the
/// same bytes, and looks at nothing else. No server that knows HTTP costs less. One thread; ends
/// with its standard input.
final class FixedServer {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\nHello, World!"
          .getBytes(StandardCharsets.US_ASCII);
  private static final int ROOM = 64 * 1024;

  private final ByteBuffer in = ByteBuffer.allocateDirect(ROOM);
  private final ByteBuffer out = ByteBuffer.allocateDirect(ROOM);

  private FixedServer() {}

  public static void main(String[] none) throws IOException {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                long _ = System.in.skip(Long.MAX_VALUE);
              } catch (IOException gone) {
                // The same as its end.
              }
              System.exit(0);
            });
    new FixedServer().serve();
  }

  private void serve() throws IOException {
    try (Selector selector = Selector.open();
        ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT);
      System.out.println("READY tcp:127.0.0.1:" + listener.socket().getLocalPort());
      while (true) {
        int _ = selector.select(key -> ready(key, selector));
      }
    }
  }

  private void ready(SelectionKey key, Selector selector) {
    try {
      if (key.isAcceptable()) {
        SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
        if (channel != null) {
          channel.configureBlocking(false);
          channel.register(selector, SelectionKey.OP_READ);
        }
        return;
      }
      answer((SocketChannel) key.channel());
    } catch (IOException gone) {
      close(key);
    }
  }

  /// The clients that it knows send small requests whole.
  private void answer(SocketChannel channel) throws IOException {
    in.clear();
    if (channel.read(in) < 0) {
      channel.close();
      return;
    }
    out.clear();
    for (int i = 3; i < in.position(); i++) {
      boolean blank = in.get(i) == '\n' && in.get(i - 1) == '\r' && in.get(i - 2) == '\n';
      if (blank && out.remaining() >= ANSWER.length) {
        out.put(ANSWER);
      }
    }
    out.flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private static void close(SelectionKey key) {
    try {
      key.channel().close();
    } catch (IOException twice) {
      // It is closed.
    }
  }
}
