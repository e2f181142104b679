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

  /// What carries it: a stream of bytes, if it does not say otherwise. One that is carried by
  /// datagrams is served at UDP addresses, where each sender has a session and a channel of its
  /// own; [Session] says what differs for it.
  default Carriage carriage() {
    return Carriage.STREAM;
  }

  /// What a client is told that the server has no room for, or an empty buffer to tell it nothing.
  /// The caller may consume the buffer, so each call gives one of its own. Not for datagrams, which
  /// are dropped.
  default ByteBuffer busy() {
    return ByteBuffer.allocate(0);
  }
}
