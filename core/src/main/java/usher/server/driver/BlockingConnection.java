package usher.server.driver;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import usher.session.Cause;
import usher.session.Outcome;
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
/// While idle it holds [#FRESH] bytes to read into, and no output buffer.
final class BlockingConnection extends Connection {
  /// Room for a first read; most requests fit. A read that fills it makes the next one larger.
  private static final int FRESH = 1 << 10;

  private static final int LARGE = 16 << 10;

  /// How long an overdue connection may take to finish its turn before it is cut.
  private static final long GRACE_MILLIS = 100;

  /// The JDK keeps a direct buffer as large as the largest heap buffer that a thread wrote.
  static final int MOST_AT_ONCE = 64 << 10;

  private static final int OUT = 512;
  private static final int OUT_MOST = 32 << 10;

  private final Reaper reaper;
  private final Thread owner = Thread.currentThread();

  /// Fair, so that whoever waits gets the turn when the thread offers it in the midst of a long
  /// one.
  private final ReentrantLock turn = new ReentrantLock(true);

  private final ConcurrentLinkedQueue<Letter> mail = new ConcurrentLinkedQueue<>();
  private volatile boolean waiting;

  /// How long the first request has waited for this thread.
  private long queued;

  private @Nullable ByteBuffer out;

  /// User code for this client, in place.
  final Stint stint;

  /// An ordinary write has been made, so that the descriptor is in the mode that virtual threads
  /// need.
  private boolean parks;

  private record Letter(Session origin, long key, Outcome outcome) {}

  /// @param queued for how long it has waited for its thread, ns
  BlockingConnection(House house, Reaper reaper, Arrival arrival, long queued) {
    super(house, arrival);
    this.queued = queued;
    this.reaper = reaper;
    this.stint = house.watchdog.thread();
  }

  /// Serves the connection to its end, on the thread that made it.
  void run() {
    Reaper.Welcome welcome = reaper.watch(this);
    try {
      turn(() -> begin(welcome));
      ByteBuffer fresh = ByteBuffer.allocate(FRESH);
      while (open()) {
        if (reads()) {
          fresh = read(fresh);
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
  private ByteBuffer read(ByteBuffer fresh) {
    int count;
    // Under load the peer's next bytes are often here by the time that others have had a turn, and
    // a
    // read that finds them saves an empty read, a registration and a wake-up: see docs/adr/0009.
    Thread.yield();
    try {
      count = channel.read(fresh.clear());
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
        } else {
          receive(fresh.flip(), now);
        }
        readMail();
      }
    } finally {
      turn.unlock();
    }
    if (filled) {
      return fresh.capacity() == FRESH ? ByteBuffer.allocate(LARGE) : fresh;
    }
    return fresh.capacity() == FRESH ? fresh : ByteBuffer.allocate(FRESH);
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
  void overdueElsewhere() {
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

  void drainElsewhere(long parting) {
    elsewhere(() -> drain(parting, house.now()));
  }

  /// Ends the connection whatever it is doing: its thread finds the channel closed.
  void cut(Cause cause) {
    cut = cause;
    close(false);
    elsewhere(() -> end(cause));
  }

  @Override
  void post(Session origin, long key, Outcome outcome) {
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
  boolean write(ByteBuffer bytes) throws IOException {
    ByteBuffer corked = out;
    int size = (corked == null ? 0 : corked.position()) + bytes.remaining();
    if (size > OUT_MOST) {
      flush();
      send(bytes);
      return true;
    }
    if (corked == null) {
      corked = ByteBuffer.allocate(Math.max(OUT, size));
      out = corked;
    } else if (size > corked.capacity()) {
      corked = ByteBuffer.allocate(Math.min(OUT_MOST, size * 4)).put(corked.flip());
      out = corked;
    }
    corked.put(bytes);
    return true;
  }

  @Override
  boolean flush() throws IOException {
    ByteBuffer corked = out;
    if (corked != null) {
      out = null;
      send(corked.flip());
    }
    return true;
  }

  /// Blocking writes, in slices, so that progress restarts the deadline.
  void send(ByteBuffer bytes) throws IOException {
    undelay();
    parks = true;
    int end = bytes.limit();
    while (bytes.position() < end) {
      due(house.now() + house.stall);
      bytes.limit(Math.min(end, bytes.position() + MOST_AT_ONCE));
      channel.write(bytes);
    }
    late = true;
  }

  @Override
  long send(FileChannel file, long offset, long length) throws IOException {
    flush();
    late = true;
    if (parks) {
      undelay();
      due(house.now() + house.stall);
      long count = file.transferTo(offset, Math.min(length, SLICE), channel);
      if (count > 0) {
        return count;
      }
    }
    // A virtual thread's transferTo does not park when the channel is full, it returns 0: an
    // ordinary
    // write does. And before the first ordinary operation of a virtual thread the descriptor is
    // still
    // in blocking mode: a transferTo would hold the carrier, and closing the channel would not wake
    // it.
    ByteBuffer some = ByteBuffer.allocate((int) Math.min(length, LARGE));
    if (readFile(file, some, offset) <= 0) {
      return 0;
    }
    some.flip();
    int read = some.remaining();
    send(some);
    return read;
  }

  @Override
  boolean handOver(Session origin, Step.Call call, @Nullable Ticket ticket) {
    return false;
  }

  @Override
  void lend() {
    due(Session.NEVER);
  }

  @Override
  void returned(long nanos) {}

  @Override
  void nudge(Session origin) {
    elsewhere(() -> driveAgain(origin, house.now()));
  }

  @Override
  @Nullable Outcome converse(Step.Converse step) {
    if (!Thread.currentThread().equals(owner)) {
      // The turn was taken elsewhere, while the thread reads: what it reads has to come to the
      // code.
      session = new PipeSession(this, step);
      return null;
    }
    ChannelStreams streams = new ChannelStreams(this);
    due(Session.NEVER);
    late = true;
    stint.begin(this);
    Outcome outcome =
        Calls.hold(
            step.conversation(),
            streams.input(),
            new BufferedOutputStream(streams.output(), 8 << 10));
    stint.end();
    return outcome;
  }

  @Override
  void working() {
    stint.begin(this);
  }

  @Override
  void worked() {
    stint.end();
  }

  @Override
  boolean alone() {
    return true;
  }

  @Override
  long later() {
    return house.now();
  }

  @Override
  boolean yieldTurn() {
    if (turn.hasQueuedThreads()) {
      turn.unlock();
      turn.lock();
    }
    return state == State.TALKING;
  }

  @Override
  void ringEarlier() {
    reaper.ringEarlier(this);
  }

  @Override
  void forget() {
    reaper.forget(this);
    house.watchdog.forget(stint);
    out = null;
  }
}
