package usher.server.driver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import usher.session.Cause;
import usher.session.Outcome;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;

/// A connection with a thread to itself, platform or virtual, which reads, obeys and writes in
/// place.
///
/// The thread spends its life blocked in a read, where it hears nothing else. So the right to act,
/// the *turn*, is a lock: the thread gives it up while it waits, and a deadline, a drain or the end
/// of an asynchronous call takes the turn on a short-lived virtual thread, acts and writes in the
/// thread's place. The lock is free nearly always, which costs a few nanoseconds.
///
/// While idle it holds a buffer to read into, and none for output.
abstract sealed class BlockingConnection extends Connection
    permits BlockingStream, BlockingDatagrams {
  /// How long an overdue connection may take to finish its turn before it is cut.
  private static final long GRACE_MILLIS = 100;

  private final Reaper reaper;
  final Thread owner = Thread.currentThread();

  /// Fair, so that whoever waits gets the turn when the thread offers it in the midst of a long
  /// one.
  private final ReentrantLock turn = new ReentrantLock(true);

  private final ConcurrentLinkedQueue<Letter> mail = new ConcurrentLinkedQueue<>();
  private volatile boolean waiting;

  /// User code for this client, in place.
  final Stint stint;

  /// How long the first request has waited for this thread.
  private long queued;

  private record Letter(Session origin, long key, Outcome outcome) {}

  /// @param queued for how long it has waited for its thread, ns
  BlockingConnection(
      House house, Reaper reaper, Protocol protocol, Inbox inbox, boolean delayable, long queued) {
    super(house, protocol, inbox, delayable);
    this.reaper = reaper;
    this.queued = queued;
    this.stint = house.watchdog.thread();
  }

  /// A buffer for the next read.
  ///
  /// @param last the one of the last read, or null before the first
  /// @param filled whether that one was filled
  abstract ByteBuffer fresh(@Nullable ByteBuffer last, boolean filled);

  /// Waits for bytes: how many came, 0 for none that count, -1 at the end.
  abstract int read(ByteBuffer fresh) throws IOException;

  /// Serves the connection to its end, on the thread that made it.
  final void run() {
    Reaper.Welcome welcome = reaper.watch(this);
    try {
      turn(() -> begin(welcome));
      ByteBuffer fresh = fresh(null, false);
      while (open()) {
        if (reads()) {
          fresh = readOnce(fresh);
        } else {
          await();
        }
      }
    } catch (Throwable thrown) {
      turn(() -> end(Cause.failed(thrown)));
    }
  }

  private void begin(Reaper.Welcome welcome) {
    if (welcome == Reaper.Welcome.TOO_LATE) {
      end(Cause.CUT);
      return;
    }
    long now = house.now();
    asked = now - queued;
    begin(now);
    if (welcome == Reaper.Welcome.LATE) {
      drain(reaper.parting(), house.now());
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // nothing but speed depends on this hint
  private ByteBuffer readOnce(ByteBuffer fresh) {
    int count;
    // Under load the peer's next bytes are often here by the time that others have had a turn, and
    // a
    // read that finds them saves an empty read, a registration and a wake-up: see docs/adr/0009.
    Thread.yield();
    try {
      count = read(fresh.clear());
    } catch (IOException thrown) {
      turn(() -> fail(thrown));
      return fresh;
    }
    boolean filled = !fresh.hasRemaining();
    turn.lock();
    try {
      if (open()) {
        long now = house.now();
        asked = now - queued;
        queued = 0;
        if (count < 0) {
          receiveEnd(now);
        } else if (count > 0) {
          receive(fresh.flip(), now);
        }
        readMail();
      }
    } finally {
      turn.unlock();
    }
    return fresh(fresh, filled);
  }

  /// Waits for a letter, or for another thread's turn that makes input welcome again.
  private void await() {
    while (true) {
      turn.lock();
      try {
        readMail();
        if (!open() || reads()) {
          return;
        }
        waiting = true;
      } finally {
        turn.unlock();
      }
      if (!hasMail()) {
        LockSupport.park(this);
      }
      waiting = false;
    }
  }

  // ---- turns

  private void turn(Runnable inputs) {
    turn.lock();
    try {
      inputs.run();
      readMail();
    } finally {
      turn.unlock();
    }
  }

  private void elsewhere(Runnable inputs) {
    Thread.ofVirtual()
        .name("usher-turn")
        .start(
            () -> {
              turn(inputs);
              LockSupport.unpark(owner);
            });
  }

  /// The deadline has passed while the thread is blocked. Called by the reaper, which must not
  /// wait.
  final void overdueElsewhere() {
    Thread.ofVirtual().name("usher-overdue").start(this::overdueNow);
  }

  private void overdueNow() {
    boolean mine;
    try {
      mine = turn.tryLock(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (mine) {
      try {
        overdue(house.now());
        readMail();
      } finally {
        turn.unlock();
      }
      LockSupport.unpark(owner);
    } else if (due <= house.now()) {
      // The thread is in a write or has lent its streams. The turn cannot be had; the channel can.
      cut(Cause.OVERDUE);
    }
  }

  final void drainElsewhere(long parting) {
    elsewhere(() -> drain(parting, house.now()));
  }

  /// Ends the connection whatever it is doing: its thread finds the channel closed.
  final void cut(Cause cause) {
    cut = cause;
    close(false);
    elsewhere(() -> end(cause));
  }

  @Override
  final void post(Session origin, long key, Outcome outcome) {
    mail.add(new Letter(origin, key, outcome));
    if (waiting) {
      LockSupport.unpark(owner);
    } else {
      elsewhere(() -> {});
    }
  }

  private void readMail() {
    for (Letter letter = mail.poll(); letter != null; letter = mail.poll()) {
      complete(letter.origin(), letter.key(), letter.outcome(), house.now());
    }
  }

  private boolean hasMail() {
    return !mail.isEmpty();
  }

  // ---- the driver's own ways

  @Override
  final boolean handOver(Session origin, Step.Call call, @Nullable Ticket ticket) {
    return false;
  }

  @Override
  final void lend() {
    due(Session.NEVER);
  }

  @Override
  final void returned(long nanos) {}

  @Override
  final void working() {
    stint.begin(this);
  }

  @Override
  final void worked() {
    stint.end();
  }

  @Override
  final void nudge(Session origin) {
    elsewhere(() -> driveAgain(origin, house.now()));
  }

  @Override
  final boolean alone() {
    return true;
  }

  @Override
  final long later() {
    return house.now();
  }

  @Override
  final boolean yieldTurn() {
    if (turn.hasQueuedThreads()) {
      turn.unlock();
      turn.lock();
    }
    return state == State.TALKING;
  }

  @Override
  final void ringEarlier() {
    reaper.ringEarlier(this);
  }

  @Override
  void forget() {
    reaper.forget(this);
    house.watchdog.forget(stint);
  }
}
