package usher.server;

import java.io.InputStream;
import java.io.OutputStream;
import usher.session.Peer;
import usher.session.Protocol;

/// Blocking code over an input and an output stream, one call for each connection; when it returns,
/// what it wrote is flushed and the connection closes. Served under every model: in place where a
/// connection has a thread, on a virtual thread of its own behind bounded pipes where it has not.
@FunctionalInterface
public interface StreamHandler {
  /// Serves one client. A read waits at most the idle time, a write at most the stall time without
  /// progress; then they throw. A throw resets the connection and reaches the probe.
  void handle(InputStream in, OutputStream out, Peer peer) throws Exception;

  /// This handler as a protocol.
  default Protocol protocol(String name) {
    return new StreamProtocol(name, this);
  }
}
