package usher.testkit.contract;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import usher.server.Address;
import usher.server.Server;
import usher.session.Protocol;

/// Ports of the loopback address that the system chooses.
final class TcpSite implements Site {
  private final String host;

  TcpSite(String host) {
    this.host = host;
  }

  @Override
  public void listen(Server.Builder server, @Nullable Protocol own) {
    Address free = Address.tcp(host, 0);
    if (own == null) {
      server.listen(free);
    } else {
      server.listen(free, own);
    }
  }

  @Override
  public SocketChannel connect(Address address) throws IOException {
    if (!(address instanceof Address.Tcp tcp)) {
      throw new AssertionError("no TCP address: " + address);
    }
    return SocketChannel.open(tcp.socketAddress());
  }

  @Override
  public void close() {}
}
