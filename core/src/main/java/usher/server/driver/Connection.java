package usher.server.driver;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import usher.server.Connected;
import usher.server.Model;
import usher.session.Cause;
import usher.session.Outcome;
import usher.session.Protocol;
import usher.session.ProtocolException;
import usher.session.Session;
import usher.session.Step;

/// One session on one channel: asks "what next?" and obeys. Both drivers are this machine, with
/// other ways to write, to wait and to run blocking code.
///
/// ```
///   TALKING ──Close(linger)──► LINGERING ──end of input, deadline──► CLOSED
///      │                                                               ▲
///      └────────────── Close · Abort · failure · cut ──────────────────┘
/// ```
///
/// Rules: one owner at a time; whatever is thrown in here ends this connection and nothing else;
/// [Session#lost] is called once, whichever way it ends.
abstract sealed class Connection extends Workplace permits ReadinessConnection, BlockingConnection {
  /// Steps in a row before others get their turn.
  private static final int BUDGET = 256;

  enum State {
    TALKING,
    LINGERING,
    CLOSED
  }

  final Inbox inbox;

  volatile State state = State.TALKING;

  /// Why the channel was closed over the owner's head, or null: the owner then finds it closed.
  volatile @Nullable Cause cut;

  /// A step that is not done yet, because the channel takes no more for now.
  private @Nullable Step unfinished;

  private final long since;

  /// Where it comes from, if it was counted at a door.
  @Nullable SocketAddress from;

  private boolean wantsInput = true;

  Connection(House house, Protocol protocol, Inbox inbox, boolean delayable) {
    this.inbox = inbox;
    super(house, protocol, delayable);
    this.since = house.now();
    house.permits.seat();
    house.probe.accepted(this);
  }

  // ---- what the two drivers do their own way

  /// Lends the stream to blocking code: returns how it ended, or null if it goes on elsewhere.
  abstract @Nullable Outcome converse(Step.Converse step) throws IOException;

  /// Something that a session of the driver's own waits for has changed, on some other thread.
  abstract void nudge(Session origin);

  /// The channel is closed; forget it.
  abstract void forget();

  // ---- inputs, called by the owner of the moment

  final boolean open() {
    return state != State.CLOSED;
  }

  final boolean wantsInput() {
    return wantsInput && !inbox.ended();
  }

  /// Whether bytes are to be read, for the session or to be thrown away.
  final boolean reads() {
    return wantsInput() || state == State.LINGERING;
  }

  final boolean blocked() {
    return unfinished != null;
  }

  /// The first turn: some protocols speak first.
  final void begin(long now) {
    drive(now);
  }

  /// Fresh bytes, lent until this returns.
  final void receive(ByteBuffer fresh, long now) {
    if (state == State.LINGERING) {
      return;
    }
    came(fresh.remaining());
    inbox.add(fresh);
    drive(now);
  }

  /// This connection as it seems to be just now. From any thread.
  final Connected seen(Model model) {
    return new Connected(
        remote(),
        local(),
        model,
        Duration.ofNanos(house.now() - since),
        doing(),
        bytesIn(),
        bytesOut());
  }

  private String doing() {
    if (state == State.LINGERING) {
      return "closing";
    }
    if (unfinished instanceof Step.Write || unfinished instanceof Step.SendFile) {
      return "sending";
    }
    String task = task();
    return task.isEmpty() ? (calls > 0 ? "in a call" : "waiting") : task;
  }

  /// The peer has shut its side.
  final void receiveEnd(long now) {
    inbox.end();
    if (state == State.LINGERING) {
      end(Cause.FINISHED);
      return;
    }
    drive(now);
  }

  final void complete(Session origin, long key, Outcome outcome, long now) {
    if (!speaks(origin) || state != State.TALKING) {
      return;
    }
    calls--;
    try {
      completed(key, outcome);
    } catch (Throwable thrown) {
      end(Cause.failed(thrown));
    }
    drive(now);
  }

  /// Whether this session is still the one: what was asked by another is stale.
  @SuppressWarnings("ReferenceEquality") // the very object is meant
  final boolean speaks(Session origin) {
    return origin == session;
  }

  /// The deadline may have passed.
  final void overdue(long now) {
    if (due > now || state == State.CLOSED) {
      return;
    }
    if (state == State.LINGERING || unfinished != null) {
      end(state == State.LINGERING ? Cause.FINISHED : Cause.OVERDUE);
      return;
    }
    try {
      session.expire(now);
    } catch (Throwable thrown) {
      end(Cause.failed(thrown));
    }
    drive(now);
  }

  /// A session of the driver's own is to look again.
  final void driveAgain(Session origin, long now) {
    if (speaks(origin)) {
      inbox.reconsider();
      drive(now);
    }
  }

  final void drain(long parting, long now) {
    if (state != State.TALKING) {
      return;
    }
    try {
      session.drain(parting);
    } catch (Throwable thrown) {
      end(Cause.failed(thrown));
    }
    inbox.reconsider();
    drive(now);
  }

  /// The transport failed.
  final void fail(IOException thrown) {
    end(state == State.LINGERING ? Cause.FINISHED : Cause.peerGone(thrown));
  }

  // ---- the machine

  /// Obeys steps until the session parks, the channel is full, the budget is used up or it is over.
  final void drive(long from) {
    if (state != State.TALKING) {
      return;
    }
    long now = from;
    late = false;
    try {
      for (int budget = BUDGET; ; budget--) {
        Step step = unfinished;
        if (step instanceof Step.Park) {
          // What was left of it had been said before. The session may have heard something since,
          // so it is asked again.
          if (!flush()) {
            stalled(now);
            break;
          }
          step = null;
        }
        if (step == null) {
          if (budget <= 0) {
            if (!yieldTurn()) {
              break;
            }
            budget = BUDGET;
            late = true;
          }
          if (late) {
            late = false;
            now = later();
          }
          step = session.next(now);
        }
        unfinished = step;
        if (!obey(step, now)) {
          break;
        }
        unfinished = null;
      }
    } catch (IOException thrown) {
      end(Cause.peerGone(thrown));
    } catch (Throwable thrown) {
      end(Cause.failed(thrown));
    }
    inbox.keep();
  }

  /// Called when the budget of a turn is used up. True if others have had their turn and this one
  /// goes on; false to end it, and go on in another: then nothing is left of this one in a buffer
  /// that others use.
  abstract boolean yieldTurn() throws IOException;

  /// The time, after this turn has waited.
  abstract long later();

  /// Does one step. False ends the turn; then [#unfinished] says whether the step is still to do.
  private boolean obey(Step step, long now) throws IOException {
    if (step instanceof Step.Park park) {
      return park(park, now);
    }
    inbox.reconsider();
    switch (step) {
      case Step.Write write -> {
        if (!write.bytes().hasRemaining()) {
          throw ProtocolException.ours("a session wrote nothing");
        }
        return write(write.bytes()) || stalled(now);
      }
      case Step.SendFile part -> {
        return sendFile(part) || stalled(now);
      }
      case Step.Call call -> {
        call(call);
        return true;
      }
      case Step.Converse converse -> {
        if (!flush()) {
          return stalled(now);
        }
        unfinished = null;
        if (calls > 0) {
          throw ProtocolException.ours("a session lends its streams while a call runs");
        }
        Outcome outcome = converse(converse);
        if (outcome != null) {
          completed(converse.key(), outcome);
        }
        return true;
      }
      case Step.Become become -> {
        session = become.session();
        calls = 0;
        inbox.inherit();
        return true;
      }
      case Step.ShutdownOutput() -> {
        if (!flush()) {
          return stalled(now);
        }
        shutdownOutput();
        return true;
      }
      case Step.Close close -> {
        if (!flush()) {
          return stalled(now);
        }
        unfinished = null;
        if (close.linger() && !inbox.ended() && lingers()) {
          linger();
        } else {
          end(Cause.FINISHED);
        }
        return false;
      }
      case Step.Abort() -> {
        end(Cause.ABORTED);
        return false;
      }
      case Step.Park park -> throw new AssertionError(park);
    }
  }

  private boolean park(Step.Park park, long now) throws IOException {
    wantsInput = park.wantsInput();
    if (wantsInput && inbox.tell(session)) {
      return true;
    }
    if (!flush()) {
      return stalled(now);
    }
    unfinished = null;
    if (wantsInput) {
      inbox.check();
    }
    long deadline = session.deadline();
    if (deadline == Session.NEVER && calls == 0) {
      inbox.awaited();
    }
    due(deadline);
    return false;
  }

  private boolean stalled(long now) {
    due(now + house.stall);
    return false;
  }

  @Override
  final void completed(long key, Outcome outcome) {
    session.complete(key, outcome);
    inbox.reconsider();
  }

  private void linger() throws IOException {
    state = State.LINGERING;
    inbox.clear();
    shutdownOutput();
    due(house.now() + house.linger);
  }

  /// Ends the connection: closes the channel, tells the session, gives the seat back. Once.
  final void end(Cause end) {
    if (state == State.CLOSED) {
      return;
    }
    Cause cause = cut == null ? end : cut;
    state = State.CLOSED;
    unfinished = null;
    inbox.clear();
    try {
      session.lost(cause);
    } catch (Throwable thrown) {
      house.probe.failed(this, thrown);
    }
    if (cause.kind() == Cause.Kind.FAILED && cause.thrown() != null) {
      house.probe.failed(this, cause.thrown());
    }
    house.probe.closed(this, cause);
    close(cause.kind() == Cause.Kind.FINISHED);
    forget();
    house.turnstile.left(from);
    house.permits.leave();
  }
}
