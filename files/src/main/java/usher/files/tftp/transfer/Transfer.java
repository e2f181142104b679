package usher.files.tftp.transfer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import usher.files.LibraryException;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.Terms;
import usher.files.tftp.wire.TftpException;
import usher.files.tftp.wire.Trouble;
import usher.session.Cause;
import usher.session.Errand;
import usher.session.Outcome;
import usher.session.Overload;
import usher.session.Step;

/// A transfer under way: the time of a [Flow], its work on the file, and its end.
///
/// ```
///            ┌───packet───┐  ┌─deadline: again, at most so often ─┐
///            ▼            │  │                                    ▼
///   SENDS what the flow has ─► WAITS ─ERROR of the peer, all done, too often─► closed
///            │                   │
///            └── trouble of ours, or no packet of this transfer ─► ERROR, once ─► closed
/// ```
///
/// Only what brings the transfer further resets the clock, so a peer that repeats itself is as
/// silent as one that says nothing. An ERROR is never answered, and never sent again.
public final class Transfer implements Leg, Errand.Clearing {
  private static final long UNSET = -1;

  private final Flow flow;
  private final Terms terms;
  private final Patience patience;
  private final Runnable left;
  private boolean gone;
  private @Nullable Errand errand;
  private @Nullable TftpException trouble;
  private @Nullable ByteBuffer farewell;
  private boolean told;
  private boolean heard;
  private boolean ended;
  private boolean draining;
  private int again;
  private long key;
  private long deadline = UNSET;

  /// @param heard whether the peer has answered before
  /// @param left run once, when all is done or the connection is gone
  public Transfer(Outflow flow, Terms terms, Patience patience, boolean heard, Runnable left) {
    this((Flow) flow, terms, patience, heard, left);
  }

  /// The same of one that receives.
  public Transfer(Inflow flow, Terms terms, Patience patience, boolean heard, Runnable left) {
    this((Flow) flow, terms, patience, heard, left);
  }

  private Transfer(Flow flow, Terms terms, Patience patience, boolean heard, Runnable left) {
    this.flow = flow;
    this.terms = terms;
    this.patience = patience;
    this.heard = heard;
    this.left = left;
  }

  @Override
  public @Nullable TftpException trouble() {
    return trouble;
  }

  @Override
  public boolean told() {
    return told;
  }

  @Override
  public void receive(ByteBuffer in) {
    if (ended || !flow.hears()) {
      return;
    }
    try {
      Packet packet = Packet.of(in);
      in.position(in.limit());
      take(packet);
    } catch (TftpException wrong) {
      in.position(in.limit());
      fail(wrong);
    }
  }

  /// A packet of the peer.
  void take(Packet packet) throws TftpException {
    switch (packet) {
      case Packet.Fault(int code, String text) -> {
        if (!flow.lingers()) {
          trouble = new TftpException(Trouble.of(code), text);
          told = true;
        }
        ended = true;
      }
      case Packet.Request _ -> {
        // A peer that has not heard the answer, and asks where it came from.
      }
      default -> {
        if (flow.take(packet)) {
          heard = true;
          again = 0;
          deadline = UNSET;
        } else if (flow.lingers() && again < patience.silent()) {
          again++;
          deadline = UNSET;
        }
      }
    }
  }

  private void fail(TftpException thrown) {
    trouble = thrown;
    farewell = thrown.packet().datagram();
    ended = true;
  }

  @Override
  public void receiveEnd() {
    throw new IllegalStateException("datagrams have no end");
  }

  @Override
  public void complete(long of, Outcome outcome) {
    errand = null;
    deadline = UNSET;
    switch (outcome) {
      case Outcome.Value(Object value) -> {
        flow.worked(value);
        if (flow.lingers()) {
          leave();
        }
      }
      case Outcome.Failure(Throwable thrown) -> fail(trouble(thrown));
    }
  }

  /// What a peer is told of what was thrown.
  public static TftpException trouble(Throwable thrown) {
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

  @Override
  public void expire(long now) {
    if (deadline == UNSET || now < deadline) {
      return;
    }
    deadline = UNSET;
    if (flow.lingers()) {
      ended = true;
    } else if (again == (heard ? patience.silent() : patience.unanswered())) {
      trouble = new TftpException(Trouble.OTHER, "no answer");
      ended = true;
    } else {
      again++;
      flow.again();
    }
  }

  /// What is under way goes on to its end; nothing new begins here anyway.
  @Override
  public void drain(long parting) {
    draining = parting != UNHURRIED;
  }

  @Override
  public void lost(Cause cause) {
    leave();
    Errand underWay = errand;
    if (underWay != null) {
      underWay.abandon();
    } else {
      release();
    }
  }

  /// One that only stays for a peer that has not heard its end keeps nobody else out.
  private void leave() {
    if (!gone) {
      gone = true;
      left.run();
    }
  }

  @Override
  public void clear(@Nullable Object result) {
    release();
  }

  /// Gives back the file, where a transfer has been made that nobody wants any more.
  public void release() {
    flow.close();
  }

  @Override
  public Step next(long now) {
    ByteBuffer last = farewell;
    if (last != null) {
      farewell = null;
      return new Step.Write(last);
    }
    if (ended) {
      return Step.CLOSE;
    }
    ByteBuffer packet = flow.packet();
    if (packet != null) {
      return new Step.Write(packet);
    }
    if (flow.over() || (draining && flow.lingers())) {
      return Step.CLOSE;
    }
    Step.Task work = errand == null ? flow.work() : null;
    if (work != null) {
      Errand sent = new Errand(new Further(work), this);
      errand = sent;
      return new Step.Call(++key, sent, Step.Kind.BLOCKING);
    }
    if (!flow.waits()) {
      deadline = NEVER;
    } else if (deadline == UNSET) {
      deadline = now + pause();
    }
    return flow.hears() ? Step.INPUT : Step.QUIET;
  }

  /// A peer that has not heard the end sends its last block again after a timeout; and once more
  /// after twice as long.
  private long pause() {
    long pause = patience.pause(terms.timeout(), again);
    return flow.lingers() ? pause + pause / 2 : pause;
  }

  @Override
  public long deadline() {
    return deadline == UNSET ? NEVER : deadline;
  }

  /// Work that goes on with a transfer, so it is not refused when there is too much to do.
  private record Further(Step.Task task) implements Step.Task {
    @Override
    public @Nullable Object run() throws Exception {
      return task.run();
    }

    @Override
    public boolean refusable() {
      return false;
    }
  }
}
