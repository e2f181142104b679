package usher.lab.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import usher.lab.load.LoadPlan.Arrivals;
import usher.lab.load.LoadPlan.Shape;
import usher.lab.load.LoadPlan.Wire;
import usher.lab.load.wire.Answer;

/// A connection over TCP or a Unix socket.
///
/// ```
///            ┌────────── refused, reset, given up, last answer ──────────┐
///            ▼                                                           │
///   SHUT ──connect──► CONNECTING ──► OPEN ──answered, one a connection──► LEAVING
///                         │                                              │ its end
///                         └────────────► SHUT ◄──────────────────────────┘
/// ```
///
/// With a connection for each request it connects when it is given one, and after the answer waits
/// a moment for the server to close first: who closes first keeps the port for a minute.
final class StreamLink extends Link {
  private static final long SECOND = 1_000_000_000;

  /// Between two attempts to connect, if the first was in vain.
  private static final long PAUSE = 20_000_000;

  /// The same where a backlog is full.
  private static final long FULL_PAUSE = 2_000_000;

  private enum State {
    SHUT,
    CONNECTING,
    OPEN,
    LEAVING
  }

  private final Gear gear;
  private final Owner owner;
  private final boolean each;
  private final Answer answer;
  private final Flights flights;
  private final Plug plug;
  private final Pace sending = new Pace();
  private final Pace reading = new Pace();
  private State state = State.SHUT;
  private long since; // in this state
  private long retryAt;
  private boolean proved; // answered since it was opened
  private boolean deaf; // the server takes nothing more
  private boolean full; // the channel, for the time being
  private boolean slow; // the owner knows that it is

  /// @param number of the link, from 0
  StreamLink(int number, Gear gear, Owner owner, long now) {
    this.gear = gear;
    this.owner = owner;
    this.each = gear.plan.wire() == Wire.CONNECTION_EACH;
    this.answer = gear.answer();
    this.flights = new Flights(gear.plan.pipeline(), gear);
    this.plug = new Plug(number, gear);
    this.retryAt = now;
  }

  @Override
  boolean hasRoom(long now) {
    return each
        ? state == State.SHUT && now - retryAt >= 0
        : state == State.OPEN && !deaf && !flights.full();
  }

  @Override
  int underWay() {
    return flights.count();
  }

  @Override
  boolean open() {
    return state == State.OPEN;
  }

  @Override
  boolean connecting() {
    return state == State.CONNECTING;
  }

  @Override
  boolean proved() {
    return proved;
  }

  @Override
  void connect(long now) {
    since = now;
    reach(now);
  }

  private void reach(long now) {
    proved = false;
    deaf = false;
    full = false;
    state = State.CONNECTING;
    try {
      switch (plug.connect(this)) {
        case OPEN -> opened(now);
        case KEPT -> {
          proved = true;
          opened(now);
        }
        case COMING -> {}
        case FULL -> retryAt = now + FULL_PAUSE;
      }
    } catch (IOException e) {
      shut(Plug.kind(e), now);
    }
  }

  private void opened(long now) {
    state = State.OPEN;
    since = now;
    flush(now);
    if (hasRoom(now)) {
      owner.room(this, now);
    }
  }

  @Override
  void add(long due, int shape, long now) {
    flights.add(due, shape);
    if (flights.count() == 1) {
      next();
    }
    if (state == State.SHUT) {
      connect(now);
    }
  }

  /// Makes ready for the answer to the first request.
  private void next() {
    answer.begin(flights.reading().method().equals("HEAD"));
  }

  @Override
  void flush(long now) {
    if (state != State.OPEN || deaf) {
      return;
    }
    boolean last = flights.unwritten();
    try {
      full = false;
      while (flights.unwritten() && !full) {
        long atMost = Long.MAX_VALUE;
        Shape shape = flights.writing();
        if (shape.sendRate() > 0) {
          if (flights.offset() == 0) {
            sending.begin(now);
          }
          atMost = sending.allowed(shape.sendRate(), now);
          if (atMost <= 0) {
            break;
          }
        }
        ByteBuffer bytes = flights.bytes(atMost);
        int wanted = bytes.remaining();
        int written = plug.write(bytes);
        flights.advance(written);
        sending.passed(written);
        full = written < wanted;
      }
    } catch (IOException e) {
      // What the server said before it closed may still be read.
      deaf = true;
      full = false;
    }
    if (last && readsSlowly() && flights.count() == 1) {
      reading.begin(now);
    }
    watch();
  }

  private boolean sendsSlowly() {
    return state == State.OPEN && !deaf && flights.unwritten() && flights.writing().sendRate() > 0;
  }

  private boolean readsSlowly() {
    return state == State.OPEN && flights.written() > 0 && flights.reading().readRate() > 0;
  }

  private void watch() {
    boolean paced = readsSlowly();
    plug.watch(!paced, full);
    if (!slow && (paced || sendsSlowly())) {
      slow = true;
      owner.slow(this);
    }
  }

  @Override
  boolean step(long now) {
    if (sendsSlowly() && !full) {
      flush(now);
    }
    if (readsSlowly()) {
      long atMost = reading.allowed(flights.reading().readRate(), now);
      if (atMost > 0) {
        read((int) Math.min(atMost, gear.in.capacity()));
      }
    }
    slow = readsSlowly() || sendsSlowly();
    return slow;
  }

  @Override
  void ready(long now) {
    if (state == State.CONNECTING) {
      try {
        if (plug.connected()) {
          plug.watch(true, false);
          opened(now);
        }
      } catch (IOException e) {
        shut(Plug.kind(e), now);
      }
      return;
    }
    boolean writable = plug.writable();
    if (plug.readable()) {
      read(gear.in.capacity());
    }
    if (writable && full) {
      flush(now);
    }
  }

  private void read(int atMost) {
    ByteBuffer in = gear.in.clear().limit(atMost);
    int got;
    try {
      got = plug.read(in);
    } catch (IOException e) {
      shut(state == State.LEAVING ? "" : "reset", System.nanoTime());
      return;
    }
    if (got == 0) {
      return;
    }
    long at = System.nanoTime();
    if (got < 0) {
      ended(at);
      return;
    }
    reading.passed(got);
    in.flip();
    boolean any = false;
    while (in.hasRemaining() && state == State.OPEN) {
      if (flights.count() == 0) {
        shut("malformed", at); // it speaks without having been asked
        return;
      }
      switch (answer.read(in)) {
        case MORE -> {}
        case BROKEN -> {
          fail("malformed");
          shut("given up", at);
          return;
        }
        case WHOLE -> {
          any = true;
          if (!whole(at)) {
            return;
          }
        }
      }
    }
    if (any && hasRoom(at)) {
      owner.room(this, at);
    }
  }

  private void ended(long at) {
    if (state == State.OPEN && flights.count() > 0 && answer.end() == Answer.Progress.WHOLE) {
      whole(at); // such an answer is the last one
      if (state == State.LEAVING) {
        shut("", at);
      }
      return;
    }
    shut("reset", at);
  }

  /// Judges an answer.
  ///
  /// @return whether the connection is good for more
  private boolean whole(long at) {
    boolean early = flights.written() == 0;
    Shape shape = flights.reading();
    long due = flights.due();
    int kind = flights.shape();
    flights.remove();
    owner.ended(1);
    proved = true;
    if (answer.status() != 0 && answer.status() != shape.expects()) {
      gear.ledger.failed(due, answer.status());
    } else if (shape.receives() >= 0 && shape.receives() != answer.length()) {
      gear.ledger.failed(due, "wrong length");
    } else {
      gear.ledger.good(due, kind, at - due);
    }
    if (each && answer.last() && !early) {
      state = State.LEAVING;
      since = at;
      watch();
      return false;
    }
    if (each || early || answer.last()) {
      shut("reset", at);
      return false;
    }
    reading.begin(at);
    if (flights.count() > 0) {
      next();
    }
    watch();
    return true;
  }

  private void fail(String kind) {
    gear.ledger.failed(flights.due(), kind);
    flights.remove();
    owner.ended(1);
  }

  private void shut(String kind, long now) {
    boolean was = state == State.OPEN || state == State.LEAVING;
    while (flights.count() > 0) {
      fail(kind);
    }
    close();
    // Who opens a connection for each request that comes does not wait for the server to recover.
    boolean atOnce = proved || (each && gear.plan.arrivals() != Arrivals.CLOSED);
    retryAt = atOnce ? now : now + PAUSE;
    owner.shut(this, was ? "" : kind, now);
  }

  @Override
  void check(long now) {
    long patience = (long) (gear.plan.patienceSeconds() * SECOND);
    if (flights.count() > 0 && now - flights.due() > patience) {
      while (flights.count() > 0 && now - flights.due() > patience) {
        fail("late");
      }
      shut("given up", now);
      return;
    }
    switch (state) {
      case CONNECTING -> {
        if (now - since > patience) {
          shut("late", now);
        } else if (!plug.there() && now - retryAt >= 0) {
          reach(now);
        }
      }
      case LEAVING -> {
        if (now - since > SECOND) {
          shut("", now);
        }
      }
      case SHUT -> {
        if (!each && now - retryAt >= 0) {
          connect(now);
        }
      }
      case OPEN -> {}
    }
  }

  /// Whether it is of use to connect again at once: that went well the last time.
  boolean inGoodStanding() {
    return state == State.SHUT && proved;
  }

  @Override
  void leave() {
    if (state == State.OPEN && !deaf && flights.count() == 0) {
      plug.leave();
    }
    close();
  }

  @Override
  void close() {
    state = State.SHUT;
    flights.clear();
    plug.close();
  }
}
