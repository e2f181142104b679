package usher.files.tftp.transfer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.Terms;
import usher.files.tftp.wire.TftpException;
import usher.session.Cause;
import usher.session.Errand;
import usher.session.Outcome;
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
/// silent as one that says nothing.
public final class Transfer extends Conversation implements Errand.Clearing {
  private final Flow flow;
  private final Terms terms;
  private final Patience patience;
  private final Runnable left;
  private boolean gone;
  private @Nullable Errand errand;
  private boolean heard;
  private boolean draining;
  private int again;
  private long key;

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
  protected boolean hears() {
    return flow.hears();
  }

  @Override
  protected boolean concluded() {
    return flow.lingers();
  }

  @Override
  protected void take(Packet packet) throws TftpException {
    if (packet instanceof Packet.Request) {
      // A peer that has not heard the answer, and asks where it came from.
      return;
    }
    if (flow.take(packet)) {
      heard = true;
      again = 0;
      forgetTime();
    } else if (flow.lingers() && again < patience.silent()) {
      again++;
      forgetTime();
    }
  }

  @Override
  public void complete(long of, Outcome outcome) {
    errand = null;
    forgetTime();
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

  @Override
  public void expire(long now) {
    if (!timeUp(now)) {
      return;
    }
    if (flow.lingers()) {
      end();
    } else if (again == (heard ? patience.silent() : patience.unanswered())) {
      giveUp();
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
  protected Step goOn(long now) {
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
    if (flow.waits()) {
      allow(now, pause());
    } else {
      stopTime();
    }
    return flow.hears() ? Step.INPUT : Step.QUIET;
  }

  /// A peer that has not heard the end sends its last block again after a timeout; and once more
  /// after twice as long.
  private long pause() {
    long pause = patience.pause(terms.timeout(), again);
    return flow.lingers() ? pause + pause / 2 : pause;
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
