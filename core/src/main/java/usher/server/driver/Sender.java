package usher.server.driver;

import java.net.InetSocketAddress;
import usher.server.Address;
import usher.session.Peer;

/// Who has sent a datagram to an address of the server.
interface Sender extends Peer {
  InetSocketAddress from();

  /// Where it came to.
  InetSocketAddress to();

  @Override
  default String remote() {
    return Address.hostAndPort(from());
  }

  @Override
  default String host() {
    return from().getAddress().getHostAddress();
  }

  @Override
  default String local() {
    return Address.hostAndPort(to());
  }
}
