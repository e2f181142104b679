package usher.server.driver;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import usher.session.Cause;
import usher.session.Outcome;
import usher.session.Session;
import usher.session.Step;

/// Blocking code on a loop: the code runs on a virtual thread of its own, and this session, which
/// stands in for the one that asked, carries its bytes through two bounded pipes. When the code
/// ends, the first session goes on.
///
/// Back-pressure both ways: input stays in the channel while the code does not read, and a write of
/// the code waits while the channel is full.
final class PipeSession implements Session {
  private static final long CODE = 0;

  private final Connection connection;
  private final Step.Converse asked;
  private final Session origin;
  private final Pipe in;
  private final Pipe out;
  private final long idle;
  private final Stint stint;
  private boolean started;
  private boolean drained;
  private long parting;
  private long wait;
  private long since;
  private @Nullable Outcome outcome;

  PipeSession(Connection connection, Step.Converse asked) {
    this.connection = connection;
    this.asked = asked;
    this.origin = connection.session;
    this.idle = connection.house.timeouts.idle().toNanos();
    Runnable nudge = () -> connection.nudge(this);
    this.stint = connection.house.watchdog.unwatched();
    this.in = new Pipe(nudge, stint);
    this.out = new Pipe(nudge, stint);
  }

  @Override
  public void receive(ByteBuffer bytes) {
    in.put(bytes);
  }

  @Override
  public void receiveEnd() {
    in.end();
  }

  @Override
  public void complete(long key, Outcome ended) {
    outcome = ended instanceof Outcome.Value(Outcome value) ? value : ended;
  }

  @Override
  public void expire(long now) {
    connection.end(Cause.OVERDUE);
  }

  @Override
  public void drain(long time) {
    drained = true;
    parting = time;
  }

  @Override
  public void lost(Cause cause) {
    IOException gone = new IOException("the connection is gone: " + cause.kind(), cause.thrown());
    in.fail(gone);
    out.fail(gone);
    origin.lost(cause);
  }

  @Override
  public Step next(long now) {
    if (!started) {
      started = true;
      return new Step.Call(CODE, new Beginning(), Step.Kind.ASYNC);
    }
    long current = in.waitForBytes();
    if (current != wait) {
      wait = current;
      since = now;
    }
    // The outcome is looked at first: whatever the code wrote was in the pipe before it ended.
    Outcome ended = outcome;
    ByteBuffer bytes = out.take();
    if (bytes != null) {
      return new Step.Write(bytes);
    }
    if (ended == null) {
      return in.full() ? Step.QUIET : Step.INPUT;
    }
    ByteBuffer left = in.take();
    if (left != null) {
      connection.inbox.giveBack(left);
    }
    origin.complete(asked.key(), ended);
    if (drained) {
      origin.drain(parting);
    }
    return new Step.Become(origin);
  }

  @Override
  public String task() {
    return origin.task();
  }

  @Override
  public long deadline() {
    return wait != 0 ? since + idle : NEVER;
  }

  /// The conversation begins. It has been accepted with its connection, so it is not refused.
  private final class Beginning implements Step.Task {
    @Override
    public CompletableFuture<Outcome> run() {
      return begin();
    }

    @Override
    public boolean refusable() {
      return false;
    }
  }

  private Outcome hold() {
    Watchdog watchdog = connection.house.watchdog;
    watchdog.watch(stint).begin(connection);
    Outcome outcome =
        Calls.hold(
            asked.conversation(), in.input(), new BufferedOutputStream(out.output(), 8 << 10));
    stint.end();
    watchdog.forget(stint);
    return outcome;
  }

  private CompletableFuture<Outcome> begin() {
    CompletableFuture<Outcome> end = new CompletableFuture<>();
    Thread.ofVirtual().name("usher-stream").start(() -> end.complete(hold()));
    return end;
  }
}
