package usher.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// A datagram that came, lent to its handler until that returns.
public interface Datagram {
  /// What it says: all of it, and perhaps nothing, since datagrams may be empty. Lent: copy what is
  /// needed later.
  ByteBuffer bytes();

  /// Who sent it, as far as that can be believed: anybody can write any address there.
  InetSocketAddress from();

  /// The server's own address, or the multicast group, at which it listens.
  InetSocketAddress to();

  /// Sends one datagram back, from the address at which this one came in; may be called several
  /// times, or never, and with nothing in the buffer. Never waits: where the system has no room for
  /// it, or the server has ended, it is dropped and the probe is told. The buffer may be [#bytes()]
  /// itself.
  ///
  /// @throws IOException if the system refuses just this one: it is longer than the network's
  ///   datagrams may be (65,507 bytes over IPv4, 65,527 over IPv6), or no way leads there
  /// @throws IllegalStateException if the handler has returned
  void reply(ByteBuffer bytes) throws IOException;
}
