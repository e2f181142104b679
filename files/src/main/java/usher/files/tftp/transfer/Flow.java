package usher.files.tftp.transfer;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.TftpException;
import usher.files.tftp.wire.Trouble;
import usher.session.Step;

/// The blocks of one file on their way, without time: [Transfer] asks for packets, brings those of
/// the peer, and says when too little has come for too long.
sealed interface Flow permits Outflow, Inflow {
  /// A packet of the peer.
  ///
  /// @return whether the transfer has come further by it
  /// @throws TftpException if no such packet can come here
  boolean take(Packet packet) throws TftpException;

  /// A packet to send now, or null.
  @Nullable ByteBuffer packet();

  /// Nothing has helped for so long that the last packets may be lost: they are to be sent again.
  void again();

  /// Work on the file that is to be done next to this, or null. At most one at a time.
  Step.@Nullable Task work();

  /// The work has ended.
  void worked(@Nullable Object result);

  /// Whether it can take packets just now.
  boolean hears();

  /// Whether something is due from the peer.
  boolean waits();

  /// Whether all has been done, and it is only there to hear whether the peer knows.
  boolean lingers();

  /// Whether nothing is left to be done.
  boolean over();

  /// Gives back the file. What has come and was not brought to its end is forgotten.
  void close();

  /// What is said of a packet that cannot come here.
  static TftpException unexpected(Packet packet) {
    return new TftpException(
        Trouble.ILLEGAL_OPERATION,
        "not in this transfer: " + packet.getClass().getSimpleName().toUpperCase(Locale.ROOT));
  }
}
