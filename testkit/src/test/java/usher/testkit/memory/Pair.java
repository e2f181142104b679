package usher.testkit.memory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// A connected pair of blocking channels of one network.
record Pair(ServerSocketChannel listener, End client, End server) implements Closeable {
  static Pair of(MemoryNetwork network) throws IOException {
    ServerSocketChannel listener = network.openServerSocketChannel().bind(null);
    SocketChannel client = network.openSocketChannel();
    client.connect(listener.getLocalAddress());
    return new Pair(listener, new End(client), new End(listener.accept()));
  }

  Pair nonBlocking() throws IOException {
    client.channel.configureBlocking(false);
    server.channel.configureBlocking(false);
    return this;
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    listener.close();
  }
}
