package usher.server.driver;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import usher.server.Probe.Refusal;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Overload;
import usher.session.Protocol;
import usher.session.ProtocolException;
import usher.session.Session;
import usher.session.Step;

/// The part of a connection that has user code run: whether a call is taken on, where it runs, in
/// whose sight, and how its outcome comes back.
///
/// ```
///   Call ──too many, waited for too long──► refused
///     ├─ inline ──► here ──────────────────────────────────► completed
///     ├─ blocking ─► here, or handed over ─► elsewhere ─post─► completed
///     └─ async ───► begun here ───────► the stage ends ─post─► completed
/// ```
abstract sealed class Workplace extends Wire implements Client permits Connection {
  final House house;
  Session session;

  /// This turn has waited for something, so its time is not the time any more.
  boolean late;

  /// Calls that are under way elsewhere.
  int calls;

  /// When the last byte of the request in hand came; earlier, where its client had to wait.
  long asked;

  Workplace(House house, Protocol protocol, boolean delayable) {
    super(delayable);
    this.house = house;
    this.session = protocol.open(new Opening(this, house.limits, house.timeouts, house.wall));
  }

  // ---- what the two drivers do their own way

  /// Runs a blocking call elsewhere and returns true, or false to have it run in place.
  abstract boolean handOver(Session origin, Step.Call call, @Nullable Ticket ticket);

  /// Code that may take its time is about to run on this thread.
  abstract void lend();

  /// It has run for so long.
  abstract void returned(long nanos);

  /// User code of this connection begins to run on this thread.
  abstract void working();

  /// It has returned.
  abstract void worked();

  /// A call ended on some other thread: see that the owner completes it.
  abstract void post(Session origin, long key, Outcome outcome);

  /// The session is told how a call has ended.
  abstract void completed(long key, Outcome outcome);

  // ---- calls

  final void call(Step.Call call) throws IOException {
    Step.Kind kind = call.kind();
    Step.Task task = call.task();
    boolean begins = task.refusable();
    Aimd limit = begins && kind != Step.Kind.INLINE ? house.limit : null;
    if (limit != null && !limit.enter()) {
      completed(call.key(), refused(Refusal.LIMIT));
      return;
    }
    Ticket ticket =
        limit != null || (begins && house.probe.timed())
            ? new Ticket(house, this, asked, limit)
            : null;
    if (kind == Step.Kind.BLOCKING) {
      calls++;
      if (handOver(session, call, ticket)) {
        return;
      }
      calls--;
      // Code that may take its time must not hold back what has been said already.
      flush();
    }
    Outcome outcome =
        switch (kind) {
          case INLINE -> inline(task, ticket);
          case BLOCKING -> inPlace(task, ticket);
          case ASYNC -> async(call.key(), task, ticket);
        };
    if (outcome != null) {
      completed(call.key(), outcome);
    }
  }

  /// A call is not taken on.
  final Outcome refused(Refusal why) {
    house.probe.refused(why);
    return new Outcome.Failure(new Overload("the server is too busy"));
  }

  private Outcome inline(Step.Task task, @Nullable Ticket ticket) {
    if (ticket == null) {
      return work(task);
    }
    long start = house.now();
    Outcome outcome = work(task);
    ticket.ended(start, house.now());
    return outcome;
  }

  private Outcome inPlace(Step.Task task, @Nullable Ticket ticket) {
    long start = house.now();
    lend();
    working();
    Outcome outcome = perform(task, asked, start, ticket);
    worked();
    // What is answered now is of this time.
    returned(house.now() - start);
    late = true;
    return outcome;
  }

  /// Runs a call whose turn has come, if that has not taken too long. On any thread.
  ///
  /// @param since when the last byte of its request came
  /// @param start the time
  final Outcome perform(Step.Task task, long since, long start, @Nullable Ticket ticket) {
    if (task.refusable() && waitedTooLong(start - since)) {
      return tooLate(ticket);
    }
    task.waited(start - since);
    Outcome outcome = Calls.run(task);
    if (ticket != null) {
      ticket.ended(start, house.now());
    }
    return outcome;
  }

  private boolean waitedTooLong(long waited) {
    return house.queueTime < Long.MAX_VALUE && waited + house.lag.nanos() > house.queueTime;
  }

  private Outcome tooLate(@Nullable Ticket ticket) {
    if (ticket != null) {
      ticket.refused();
    }
    return refused(Refusal.WAITED);
  }

  /// Starts a stage: its outcome if it has ended already, or null, and then it is posted later.
  private @Nullable Outcome async(long key, Step.Task task, @Nullable Ticket ticket) {
    long start = house.now();
    if (task.refusable() && waitedTooLong(start - asked)) {
      return tooLate(ticket);
    }
    task.waited(start - asked);
    Outcome begun = work(task);
    Outcome outcome =
        begun instanceof Outcome.Value(Object value) ? await(key, value, start, ticket) : begun;
    if (outcome != null && ticket != null) {
      ticket.ended(start, house.now());
    }
    return outcome;
  }

  /// Runs code of the user on this thread, in the watchdog's sight.
  final Outcome work(Step.Task task) {
    working();
    Outcome outcome = Calls.run(task);
    worked();
    return outcome;
  }

  @Override
  public final String task() {
    return session.task();
  }

  /// Waits for a stage: its outcome if it has ended already, or null, and then it is posted later.
  private @Nullable Outcome await(
      long key, @Nullable Object value, long start, @Nullable Ticket ticket) {
    if (!(value instanceof CompletionStage<?> stage)) {
      return new Outcome.Failure(
          ProtocolException.ours("an asynchronous task returned no CompletionStage: " + value));
    }
    Outcome outcome = Calls.ended(stage);
    if (outcome == null) {
      calls++;
      Session origin = session;
      Calls.whenEnded(
          stage,
          later -> {
            if (ticket != null) {
              ticket.ended(start, house.now());
            }
            post(origin, key, later);
          });
    }
    return outcome;
  }
}
