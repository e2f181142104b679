package usher.session;

import java.nio.ByteBuffer;
import java.util.Set;

/// Opens a session for each connection. One protocol serves many connections at once, from many
/// threads: an implementation is immutable or guards what it shares.
public interface Protocol {
  /// A short name for logs and tables, such as `http` or `echo`.
  String name();

  /// A session for one new connection. Called by the connection's owner; must not block.
  Session open(Opening opening);

  /// What a model must offer for this protocol to work. Checked when the server is built.
  default Set<Capability> needs() {
    return Set.of();
  }

  /// What a client is told that the server has no room for, or an empty buffer to tell it nothing.
  /// The caller may consume the buffer, so each call gives one of its own.
  default ByteBuffer busy() {
    return ByteBuffer.allocate(0);
  }
}
