package usher.server.driver;

import java.nio.ByteBuffer;
import usher.session.ProtocolException;
import usher.session.Session;

/// What has come of one connection and has not been taken by its session yet: bytes, and the end.
///
/// Fresh bytes are offered from the buffer that they were read into. Only what the session leaves
/// is copied into a buffer of the connection's own, which is dropped once it is empty, so that an
/// idle connection holds none.
///
/// Owner: the connection's owner of the moment.
sealed class Inbox permits DatagramInbox {
  /// Bytes that a session may leave; beyond this it must take some or be ended.
  static final int MOST = 64 << 10;

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  /// Readable bytes: the borrowed buffer during a turn, our own between turns.
  ByteBuffer unread = NONE;

  /// Whether the buffer is lent for this turn only.
  private boolean lent;

  /// The session has left these very bytes and then parked: it needs more of them.
  boolean refused;

  /// The peer has shut its side.
  private boolean ended;

  /// The session has not been told so.
  private boolean untold;

  /// Whether the session must take something before more is read.
  boolean full() {
    return unread.remaining() >= MOST;
  }

  /// Adds fresh bytes, ready to be read from the buffer, which is lent until [#keep].
  void add(ByteBuffer fresh) {
    refused = false;
    if (unread.hasRemaining()) {
      ByteBuffer both = ByteBuffer.allocate(unread.remaining() + fresh.remaining());
      unread = both.put(unread).put(fresh).flip();
      lent = false;
    } else {
      unread = fresh;
      lent = true;
    }
  }

  /// Tells a session that wants input what is here. The end comes last: what came before it, and
  /// was left while a call ran, is offered first.
  ///
  /// @return false if there is nothing that it has not heard
  boolean tell(Session session) {
    if (unread.hasRemaining() && !refused) {
      int before = unread.remaining();
      session.receive(unread);
      refused = unread.hasRemaining() && unread.remaining() == before;
      return true;
    }
    if (untold) {
      untold = false;
      session.receiveEnd();
      return true;
    }
    return false;
  }

  /// No byte follows.
  void end() {
    ended = true;
    untold = true;
  }

  boolean ended() {
    return ended;
  }

  /// Another session takes over, which has heard nothing yet.
  void inherit() {
    refused = false;
    untold = ended;
  }

  /// Takes bytes out for blocking code, as many as fit: how many.
  int take(byte[] into, int offset, int length) {
    int count = Math.min(length, unread.remaining());
    unread.get(into, offset, count);
    return count;
  }

  /// Puts bytes back that were taken and not wanted: before all that is here.
  void giveBack(ByteBuffer bytes) {
    refused = false;
    ByteBuffer both = ByteBuffer.allocate(bytes.remaining() + unread.remaining());
    unread = both.put(bytes).put(unread).flip();
    lent = false;
  }

  int size() {
    return unread.remaining();
  }

  /// The session has moved on, so what it left may be welcome now.
  void reconsider() {
    refused = false;
  }

  /// Ends the loan: copies what is left out of the borrowed buffer.
  void keep() {
    if (!unread.hasRemaining()) {
      unread = NONE;
    } else if (lent) {
      unread = ByteBuffer.allocate(unread.remaining()).put(unread).flip();
    }
    lent = false;
  }

  /// A session waits for what may come, and for nothing else: neither a call nor a deadline.
  void awaited() {
    if (ended) {
      throw ProtocolException.ours("a session waits after the end of input and for nothing else");
    }
  }

  /// A session that waits for more while it leaves a full buffer can never go on.
  void check() {
    if (full() && refused) {
      throw ProtocolException.ours(
          "a session left " + unread.remaining() + " bytes and wants more");
    }
  }

  void clear() {
    unread = NONE;
    lent = false;
  }
}
