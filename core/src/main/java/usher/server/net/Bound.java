package usher.server.net;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import usher.server.Address;

/// What is bound to one address of a server.
public sealed interface Bound permits Listener, DatagramSockets {
  /// Binds an address.
  ///
  /// @param backlog connections that the kernel may hold
  /// @param sockets how many sockets shall share a UDP address, where that can be
  /// @param inherited whether the sockets will be given to child processes
  /// @throws IOException with a message that names the address and what is in the way
  static Bound bind(Address address, int backlog, int sockets, boolean inherited)
      throws IOException {
    try {
      return switch (address) {
        case Address.Tcp tcp -> Listener.bind(tcp, backlog);
        case Address.Unix unix -> Listener.bind(unix, backlog);
        case Address.Udp udp -> DatagramSockets.bind(udp, sockets, inherited);
      };
    } catch (UnknownHostException thrown) {
      throw new IOException(address + ": no such host", thrown);
    } catch (BindException thrown) {
      throw new BindException(address + ": " + thrown.getMessage());
    } catch (IOException thrown) {
      throw new IOException(address + ": " + thrown.getMessage(), thrown);
    }
  }

  /// Where it really listens.
  Address address();

  /// Closes it; may be called again.
  void close();
}
