package usher.testkit.memory;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// An echo server of one thread and one selector, as small as it can be: it reads when its buffer
/// is empty and writes when it is not, and closes when the peer has ended and all is written.
final class EchoLoop implements Closeable {
  private final ServerSocketChannel listener;
  private final Selector selector;
  private final Worker<Integer> loop;

  EchoLoop(ServerSocketChannel listener, Thread.Builder threads) throws IOException {
    this.listener = listener;
    this.selector = listener.provider().openSelector();
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    this.loop = Worker.start(threads, this::run);
  }

  /// Ends the loop and gives the number of connections that it has served.
  int stop() throws Exception {
    close();
    return loop.result();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    selector.wakeup();
  }

  private int run() throws IOException {
    int[] served = new int[1];
    try (selector) {
      while (listener.isOpen()) {
        selector.select(key -> serve(key, served));
      }
    }
    return served[0];
  }

  private void serve(SelectionKey key, int[] served) {
    try {
      if (key.isAcceptable()) {
        SocketChannel channel = listener.accept();
        while (channel != null) {
          channel.configureBlocking(false);
          channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(700));
          served[0]++;
          channel = listener.accept();
        }
      } else if (key.isReadable()) {
        read(key);
      } else {
        write(key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    ByteBuffer buffer = (ByteBuffer) key.attachment();
    if (channel.read(buffer.clear()) < 0) {
      channel.close();
    } else {
      buffer.flip();
      write(key);
    }
  }

  private static void write(SelectionKey key) throws IOException {
    ByteBuffer buffer = (ByteBuffer) key.attachment();
    ((SocketChannel) key.channel()).write(buffer);
    key.interestOps(buffer.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }
}
