package usher.testkit.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import usher.server.Address;
import usher.server.Server;
import usher.session.Protocol;
import usher.testkit.memory.MemoryNetwork;

/// A network in memory of its own.
final class MemorySite implements Site {
  private final MemoryNetwork network;

  MemorySite() {
    this(new MemoryNetwork());
  }

  MemorySite(MemoryNetwork network) {
    this.network = network;
  }

  @Override
  public void listen(Server.Builder server, @Nullable Protocol own) throws IOException {
    ServerSocketChannel bound = network.openServerSocketChannel();
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    if (own == null) {
      server.listen(bound);
    } else {
      server.listen(bound, own);
    }
  }

  @Override
  public SocketChannel connect(Address address) throws IOException {
    if (!(address instanceof Address.Tcp tcp)) {
      throw new AssertionError("no address in memory: " + address);
    }
    SocketChannel channel = network.openSocketChannel();
    channel.connect(tcp.socketAddress());
    return channel;
  }

  @Override
  public void close() {}
}
