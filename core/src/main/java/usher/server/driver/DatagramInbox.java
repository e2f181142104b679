package usher.server.driver;

import usher.session.ProtocolException;
import usher.session.Session;

/// What has come in datagrams: one of them at most, since the next is read only when this one has
/// been taken or dropped. [Session] says what a session means by what it leaves.
final class DatagramInbox extends Inbox {
  @Override
  boolean tell(Session session) {
    if (!unread.hasRemaining() || refused) {
      return false;
    }
    int before = unread.remaining();
    session.receive(unread);
    if (unread.remaining() == before) {
      refused = true;
    } else {
      clear();
    }
    return true;
  }

  @Override
  void check() {
    clear();
  }

  @Override
  void awaited() {
    throw ProtocolException.ours(
        "a session of datagrams waits without a deadline, and nobody may tell it that its peer has"
            + " gone");
  }
}
