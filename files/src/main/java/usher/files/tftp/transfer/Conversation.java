package usher.files.tftp.transfer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import usher.files.LibraryException;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.TftpException;
import usher.files.tftp.wire.Trouble;
import usher.session.Overload;
import usher.session.Session;
import usher.session.Step;

/// A conversation by packets, and the ways in which it ends: the part that a server's session, the
/// client's greeting and a transfer share.
///
/// ```
///   goes on ──ERROR of the peer, silence, all done──────► closed
///      └──── trouble of ours, a packet that cannot be ──► ERROR, once ──► closed
/// ```
///
/// An ERROR is never answered, and never sent again. It has at most [#MOST_TEXT] characters of
/// text: who has made the peer's address up shall gain nothing by it.
///
/// It has one deadline, which is set, or stands still, or is found anew by what [#goOn] does next.
public abstract class Conversation implements Session {
  /// What is said of trouble is not longer than what has caused it can be.
  static final int MOST_TEXT = 200;

  private static final long UNSET = -1;

  private @Nullable TftpException trouble;
  private @Nullable ByteBuffer farewell;
  private boolean told;
  private boolean ended;
  private long deadline = UNSET;

  /// One that has just begun.
  protected Conversation() {}

  /// Why it has failed, or null. What the peer has said is in its words.
  public final @Nullable TftpException trouble() {
    return trouble;
  }

  /// Whether the peer has told of the [#trouble].
  public final boolean told() {
    return told;
  }

  // ---- what each has of its own

  /// Whether it can take packets just now; others are dropped.
  protected abstract boolean hears();

  /// A packet of the peer, which is no ERROR.
  ///
  /// @throws TftpException if no such packet can come here: the peer is told
  protected abstract void take(Packet packet) throws TftpException;

  /// What to do next, while it goes on.
  protected abstract Step goOn(long now);

  /// Whether all has been done, so that an ERROR of the peer is only its end.
  protected boolean concluded() {
    return false;
  }

  // ---- its end

  /// It is over, and nothing is said.
  protected final void end() {
    ended = true;
  }

  /// It is over, and the peer is told why.
  protected final void fail(TftpException why) {
    trouble = why;
    String text = why.text();
    String cut = text.substring(0, Math.min(text.length(), MOST_TEXT));
    farewell = new Packet.Fault(why.trouble().code(), cut).datagram();
    ended = true;
  }

  /// It is over, since the peer is silent.
  protected final void giveUp() {
    trouble = new TftpException(Trouble.OTHER, "no answer");
    ended = true;
  }

  /// What a peer is told of what was thrown.
  protected static TftpException trouble(Throwable thrown) {
    if (thrown instanceof TftpException said) {
      return said;
    }
    if (!(thrown instanceof LibraryException refusal)) {
      String text = thrown instanceof Overload ? "too much to do; try again later" : "it failed";
      return new TftpException(Trouble.OTHER, text);
    }
    Trouble kind =
        switch (refusal.code()) {
          case NOT_FOUND -> Trouble.NOT_FOUND;
          case BAD_NAME, READ_ONLY, DENIED -> Trouble.ACCESS_VIOLATION;
          case TOO_LARGE, QUOTA, NO_SPACE -> Trouble.NO_SPACE;
          case EXISTS -> Trouble.EXISTS;
          case MISMATCH, BUSY, BROKEN -> Trouble.OTHER;
        };
    return new TftpException(kind, String.valueOf(refusal.getMessage()));
  }

  // ---- its time

  /// So much time, unless it runs already.
  protected final void allow(long now, long nanos) {
    if (deadline == UNSET) {
      deadline = now + nanos;
    }
  }

  /// Whatever comes next has its time from then on.
  protected final void forgetTime() {
    deadline = UNSET;
  }

  /// Nothing is due until [#forgetTime].
  protected final void stopTime() {
    deadline = NEVER;
  }

  /// Whether the time is up; then it is forgotten.
  protected final boolean timeUp(long now) {
    boolean up = deadline != UNSET && now >= deadline;
    if (up) {
      forgetTime();
    }
    return up;
  }

  // ---- as a session

  @Override
  public final void receive(ByteBuffer in) {
    if (ended || !hears()) {
      return;
    }
    try {
      Packet packet = Packet.of(in);
      if (packet instanceof Packet.Fault(int code, String text)) {
        hear(code, text);
      } else {
        take(packet);
      }
    } catch (TftpException wrong) {
      fail(wrong);
    } finally {
      in.position(in.limit());
    }
  }

  private void hear(int code, String text) {
    if (!concluded()) {
      trouble = new TftpException(Trouble.of(code), text);
      told = true;
    }
    ended = true;
  }

  @Override
  public final void receiveEnd() {
    throw new IllegalStateException("datagrams have no end");
  }

  @Override
  public final Step next(long now) {
    ByteBuffer last = farewell;
    if (last != null) {
      farewell = null;
      return new Step.Write(last);
    }
    return ended ? Step.CLOSE : goOn(now);
  }

  @Override
  public final long deadline() {
    return deadline == UNSET ? NEVER : deadline;
  }
}
