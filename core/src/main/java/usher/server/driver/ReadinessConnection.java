package usher.server.driver;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import usher.server.Probe.Refusal;
import usher.session.Outcome;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;

/// A connection on a loop. Everything in here runs on the loop's thread, but for [#post] and
/// [#nudge].
///
/// It starts unregistered: most clients send their request right after they connect, so the first
/// turn reads at once, and a connection of a single request often ends without the selector ever
/// having heard of it. An idle one holds no buffer.
abstract sealed class ReadinessConnection extends Connection
    permits ReadinessStream, ReadinessDatagrams {
  final Loop loop;
  private @Nullable SelectionKey key;
  private int interest;

  ReadinessConnection(Loop loop, Protocol protocol, Inbox inbox, boolean delayable) {
    super(loop.house, protocol, inbox, delayable);
    this.loop = loop;
  }

  /// Reads what is there and has the session take it.
  ///
  /// @param since when what it reads began to wait
  abstract void read(long since, long now);

  /// The channel for the loop's selector.
  abstract SelectableChannel selectable();

  // ---- events

  /// The first turn, right after accept.
  ///
  /// @param came when it was accepted
  final void start(long came, long now) throws IOException {
    loop.stint.begin(this);
    asked = came;
    loop.watch(this, now);
    begin(now);
    if (open() && wantsInput() && !blocked()) {
      // The first turn may have waited for a handler.
      read(came, loop.now());
    } else {
      settle();
    }
  }

  /// The channel is ready for what was wanted of it.
  final void ready(long now) {
    loop.stint.begin(this);
    if (blocked()) {
      drive(now);
      settle();
    } else if (reads()) {
      read(loop.asked(), now);
    } else {
      // Bytes came while the session was quiet: stop listening only now, since most never send any.
      interest(0);
    }
  }

  final void overdueNow(long now) {
    loop.stint.begin(this);
    overdue(now);
    settle();
  }

  final void drainNow(long parting, long now) {
    loop.stint.begin(this);
    drain(parting, now);
    settle();
  }

  final void completeNow(Session origin, long key, Outcome outcome, long now) {
    loop.stint.begin(this);
    complete(origin, key, outcome, now);
    settle();
  }

  private void driveNow(Session origin, long now) {
    loop.stint.begin(this);
    driveAgain(origin, now);
    settle();
  }

  final void driveNow(long now) {
    loop.stint.begin(this);
    drive(now);
    settle();
  }

  /// Listens for what this connection waits for.
  final void settle() {
    if (!open()) {
      return;
    }
    if (blocked()) {
      interest(SelectionKey.OP_WRITE);
    } else if (reads()) {
      interest(SelectionKey.OP_READ);
    } else if (interest != SelectionKey.OP_READ || inbox.ended()) {
      interest(0);
    }
  }

  private void interest(int operations) {
    if (operations == interest) {
      return;
    }
    try {
      if (key == null) {
        key = selectable().register(loop.selector, operations, this);
      } else {
        key.interestOps(operations);
      }
      interest = operations;
    } catch (IOException thrown) {
      fail(thrown);
    } catch (CancelledKeyException thrown) {
      fail(new IOException("the channel is closed", thrown));
    }
  }

  // ---- the driver's own ways

  @Override
  final boolean handOver(Session origin, Step.Call call, @Nullable Ticket ticket) {
    Crew crew = loop.crew;
    if (crew == null) {
      return false;
    }
    if (!crew.offer(new CrewCall(this, origin, call, asked, ticket))) {
      if (ticket != null) {
        ticket.refused();
      }
      post(origin, call.key(), refused(Refusal.QUEUE_FULL));
    }
    return true;
  }

  @Override
  final void lend() {}

  @Override
  final void returned(long nanos) {
    house.probe.held(this, nanos);
  }

  @Override
  final void working() {
    loop.stint.begin(this);
  }

  @Override
  final void worked() {
    // Its turn goes on, and what it does next has not taken any time yet.
    loop.stint.begin(this);
  }

  @Override
  final void post(Session origin, long key, Outcome outcome) {
    loop.post(() -> completeNow(origin, key, outcome, loop.now()));
  }

  @Override
  final void nudge(Session origin) {
    loop.post(() -> driveNow(origin, loop.now()));
  }

  @Override
  final boolean alone() {
    return false;
  }

  @Override
  final long later() {
    return loop.later();
  }

  @Override
  final boolean yieldTurn() throws IOException {
    flush();
    // The deadline of the last park, or of a write that has got through since, means nothing any
    // more.
    due(Session.NEVER);
    loop.again(this);
    return false;
  }

  @Override
  final void ringEarlier() {
    loop.ringEarlier(this);
  }

  @Override
  void forget() {
    loop.out.clear();
    loop.forget(this);
  }
}
