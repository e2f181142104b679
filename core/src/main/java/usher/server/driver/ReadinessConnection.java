package usher.server.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;
import usher.server.Probe.Refusal;
import usher.session.Outcome;
import usher.session.Session;
import usher.session.Step;

/// A connection on a loop. Everything in here runs on the loop's thread, but for [#post] and
/// [#nudge].
///
/// It starts unregistered: most clients send their request right after they connect, so the first
/// turn reads at once, and a connection of a single request often ends without the selector ever
/// having heard of it. An idle one holds no buffer.
final class ReadinessConnection extends Connection {
  /// Files up to this size go out with the head in one system call rather than by `sendfile`.
  private static final int SMALL_FILE = 16 << 10;

  private final Loop loop;
  private @Nullable SelectionKey key;
  private int interest;

  /// Bytes that were taken for sending and that the channel would not have, or null.
  private @Nullable ByteBuffer rest;

  ReadinessConnection(Loop loop, Arrival arrival) {
    super(loop.house, arrival);
    this.loop = loop;
  }

  // ---- events

  /// The first turn, right after accept.
  ///
  /// @param came when it was accepted
  void start(long came, long now) throws IOException {
    asked = came;
    loop.stint.begin(this);
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
  void ready(long now) {
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

  private void read(long since, long now) {
    ByteBuffer in = loop.in.clear();
    int count;
    try {
      count = channel.read(in);
    } catch (IOException thrown) {
      fail(thrown);
      return;
    }
    if (count < 0) {
      receiveEnd(now);
    } else if (count > 0) {
      asked = since;
      receive(in.flip(), now);
    }
    settle();
  }

  void overdueNow(long now) {
    loop.stint.begin(this);
    overdue(now);
    settle();
  }

  void drainNow(long parting, long now) {
    loop.stint.begin(this);
    drain(parting, now);
    settle();
  }

  void completeNow(Session origin, long key, Outcome outcome, long now) {
    loop.stint.begin(this);
    complete(origin, key, outcome, now);
    settle();
  }

  private void driveNow(Session origin, long now) {
    loop.stint.begin(this);
    driveAgain(origin, now);
    settle();
  }

  void driveNow(long now) {
    loop.stint.begin(this);
    drive(now);
    settle();
  }

  /// Listens for what this connection waits for.
  private void settle() {
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
        key = channel.register(loop.selector, operations, this);
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
  boolean write(ByteBuffer bytes) throws IOException {
    for (int taken = 0; ; ) {
      if (rest != null && !flush()) {
        return false;
      }
      ByteBuffer out = loop.out;
      int fits = Math.min(out.remaining(), bytes.remaining());
      out.put(out.position(), bytes, bytes.position(), fits);
      out.position(out.position() + fits);
      bytes.position(bytes.position() + fits);
      if (!bytes.hasRemaining()) {
        return true;
      }
      taken += fits;
      if (!flush() || taken >= SLICE) {
        return false;
      }
    }
  }

  @Override
  boolean flush() throws IOException {
    ByteBuffer late = rest;
    if (late != null) {
      undelay();
      channel.write(late);
      if (late.hasRemaining()) {
        return false;
      }
      rest = null;
    }
    ByteBuffer out = loop.out;
    if (out.position() == 0) {
      return true;
    }
    out.flip();
    try {
      undelay();
      channel.write(out);
      if (out.hasRemaining()) {
        rest = ByteBuffer.allocate(out.remaining()).put(out).flip();
        return false;
      }
      return true;
    } finally {
      out.clear();
    }
  }

  @Override
  long send(FileChannel file, long offset, long length) throws IOException {
    ByteBuffer out = loop.out;
    if (length <= SMALL_FILE && rest == null && length <= out.remaining()) {
      int limit = out.limit();
      out.limit(out.position() + (int) length);
      int count = readFile(file, out, offset);
      out.limit(limit);
      return Math.max(count, 0);
    }
    if (!flush()) {
      return 0;
    }
    undelay();
    return file.transferTo(offset, Math.min(length, SLICE), channel);
  }

  @Override
  boolean handOver(Session origin, Step.Call call, @Nullable Ticket ticket) {
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
  void lend() {}

  @Override
  void returned(long nanos) {
    house.probe.held(this, nanos);
  }

  @Override
  @Nullable Outcome converse(Step.Converse step) {
    session = new PipeSession(this, step);
    return null;
  }

  @Override
  void working() {
    loop.stint.begin(this);
  }

  @Override
  void worked() {
    // Its turn goes on, and what it does next has not taken any time yet.
    loop.stint.begin(this);
  }

  @Override
  void post(Session origin, long key, Outcome outcome) {
    loop.post(() -> completeNow(origin, key, outcome, loop.now()));
  }

  @Override
  void nudge(Session origin) {
    loop.post(() -> driveNow(origin, loop.now()));
  }

  @Override
  boolean alone() {
    return false;
  }

  @Override
  long later() {
    return loop.later();
  }

  @Override
  boolean yieldTurn() throws IOException {
    flush();
    // The deadline of the last park, or of a write that has got through since, means nothing any
    // more.
    due(Session.NEVER);
    loop.again(this);
    return false;
  }

  @Override
  void ringEarlier() {
    loop.ringEarlier(this);
  }

  @Override
  void forget() {
    rest = null;
    loop.out.clear();
    loop.forget(this);
  }
}
