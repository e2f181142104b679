package usher.testkit.drive;

import java.nio.ByteBuffer;
import java.util.Arrays;
import usher.session.Session;

/// The bytes that have come and that the session has not taken.
final class Unread {
  /// Bytes before and behind those that are lent, so that offsets count.
  private static final int MARGIN = 7;

  private byte[] bytes = new byte[0];
  private boolean fresh;

  int size() {
    return bytes.length;
  }

  /// Whether they are worth offering: bytes that were left untouched are offered again only when
  /// something has changed.
  boolean ripe() {
    return bytes.length > 0 && fresh;
  }

  void reconsider() {
    fresh = true;
  }

  void add(byte[] more, int offset, int count) {
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, before + count);
    System.arraycopy(more, offset, bytes, before, count);
    fresh = true;
  }

  byte[] take(int most) {
    byte[] first = Arrays.copyOf(bytes, Math.min(most, bytes.length));
    bytes = Arrays.copyOfRange(bytes, first.length, bytes.length);
    return first;
  }

  /// Lends all bytes, and overwrites them afterwards.
  void offer(Session session) {
    int count = bytes.length;
    var lent = new byte[MARGIN + count + MARGIN];
    System.arraycopy(bytes, 0, lent, MARGIN, count);
    ByteBuffer in = ByteBuffer.wrap(lent, MARGIN, count);
    int limit = in.limit();
    try {
      session.receive(in);
    } finally {
      Rehearsal.check(in.limit() == limit, "a session moved the limit of the buffer");
      Rehearsal.check(in.position() >= MARGIN, "a session moved the position backwards");
      bytes = Arrays.copyOfRange(lent, in.position(), limit);
      Arrays.fill(lent, (byte) 0xee);
    }
    fresh = bytes.length < count;
  }
}
