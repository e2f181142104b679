package usher.files.tftp.transfer;

import org.jspecify.annotations.Nullable;
import usher.files.tftp.wire.TftpException;
import usher.session.Session;

/// A part of a client's conversation, which says how it has ended.
public sealed interface Leg extends Session permits Greeting, Transfer {
  /// Why it has failed, or null. What the peer has said is in its words.
  @Nullable TftpException trouble();

  /// Whether the peer has told of the [#trouble].
  boolean told();
}
