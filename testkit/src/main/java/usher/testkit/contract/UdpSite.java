package usher.testkit.contract;

import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import usher.server.Address;
import usher.server.Server;
import usher.session.Protocol;

/// Ports for datagrams of the loopback address that the system chooses.
final class UdpSite implements Site {
  private final String host;

  UdpSite(String host) {
    this.host = host;
  }

  /// A port that the system is to choose.
  Address fresh() {
    return Address.udp(host, 0);
  }

  /// The same for streams.
  Address stream() {
    return Address.tcp(host, 0);
  }

  /// How many bytes a datagram may have: 65,535 without the header of UDP, and of IPv4, which
  /// counts itself.
  int most() {
    return host.contains(":") ? 65_535 - 8 : 65_535 - 20 - 8;
  }

  @Override
  public void listen(Server.Builder server, @Nullable Protocol own) {
    if (own == null) {
      server.listen(fresh());
    } else {
      server.listen(fresh(), own);
    }
  }

  @Override
  public SocketChannel connect(Address address) {
    throw new AssertionError("datagrams carry no streams");
  }

  @Override
  public void close() {}
}
