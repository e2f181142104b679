package usher.session;

import java.io.InputStream;
import java.io.OutputStream;

/// Blocking code over the two directions of a connection. Its thread belongs to it until it
/// returns. The input ends with -1 when the peer shuts its side; the output is buffered and is
/// flushed when the conversation ends.
@FunctionalInterface
public interface Conversation {
  /// Talks until done. A throw ends the connection with a reset.
  void hold(InputStream in, OutputStream out) throws Exception;
}
