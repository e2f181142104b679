package usher.lab.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
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
///                         └────────────► SHUT ◄───────────────────────────┘
/// ```
///
/// With a connection for each request it connects when it is given one, and after the answer waits
/// a moment for the server to close first: who closes first keeps the port for a minute.
final class StreamLink extends Link {
  private static final long SECOND = 1_000_000_000;
  private static final long PAUSE = 20_000_000;
  private static final long BACKLOG_PAUSE = 2_000_000;
  private static final long PACE = 10_000_000;

  private enum State {
    SHUT,
    CONNECTING,
    OPEN,
    LEAVING
  }

  private final int number;
  private final Gear gear;
  private final Owner owner;
  private final boolean each;
  private final Answer answer;
  private final Flights flights;
  private State state = State.SHUT;
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private int interest;
  private long since; // in this state
  private long retryAt;
  private boolean proved; // answered since it was opened
  private boolean deaf; // the server takes nothing more
  private boolean fullNow;
  private boolean slow;
  private long sendingSince;
  private long readingSince;
  private long readSoFar;

  StreamLink(int number, Gear gear, Owner owner, long now) {
    this.number = number;
    this.gear = gear;
    this.owner = owner;
    this.each = gear.plan.wire() == Wire.CONNECTION_EACH;
    this.answer = gear.answer();
    this.flights = new Flights(gear.plan.pipeline(), gear);
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
  void connect(long now) {
    proved = false;
    deaf = false;
    fullNow = false;
    since = now;
    SocketChannel fresh;
    try {
      fresh = gear.channel(number);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a socket: " + e.getMessage(), e);
    }
    channel = fresh;
    try {
      boolean done = fresh.connect(gear.target());
      if (!done && gear.unix()) {
        // The backlog is full. Others would wait in connect; there is nothing to select on.
        state = State.CONNECTING;
        closeChannel();
        retryAt = now + BACKLOG_PAUSE;
        return;
      }
      interest = done ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
      key = fresh.register(gear.selector, interest, this);
      state = done ? State.OPEN : State.CONNECTING;
      if (done) {
        connected(now);
      }
    } catch (IOException e) {
      shut(kind(e), now);
    }
  }

  private void connected(long now) {
    flush(now);
    if (hasRoom(now)) {
      owner.room(this, now);
    }
  }

  private static String kind(IOException e) {
    // Of a Unix socket there is no such exception, but a file that is not there.
    boolean refused = e instanceof ConnectException || !(e instanceof SocketException);
    return refused || String.valueOf(e.getMessage()).startsWith("No such file")
        ? "refused"
        : "cannot connect";
  }

  @Override
  void add(long due, int shape, long now) {
    flights.add(due, shape);
    if (flights.count() == 1) {
      answer.begin(bodiless(shape));
      readSoFar = 0;
    }
    if (state == State.SHUT) {
      connect(now);
    }
  }

  private boolean bodiless(int shape) {
    return gear.shape(shape).method().equals("HEAD");
  }

  @Override
  void flush(long now) {
    SocketChannel to = channel;
    if (state != State.OPEN || to == null || deaf) {
      return;
    }
    try {
      while (flights.unwritten()) {
        Shape shape = flights.writing();
        if (flights.offset() == 0) {
          sendingSince = now;
        }
        long atMost = Long.MAX_VALUE;
        if (shape.sendRate() > 0) {
          atMost = allowed(shape.sendRate(), now - sendingSince) - flights.offset();
          pace();
          if (atMost <= 0) {
            break;
          }
        }
        ByteBuffer bytes = flights.bytes(atMost);
        int wanted = bytes.remaining();
        int written = to.write(bytes);
        flights.advance(written);
        if (written < wanted) {
          fullNow = true;
          watch();
          return;
        }
      }
      fullNow = false;
      if (!flights.unwritten() && flights.count() > 0 && flights.reading().readRate() > 0) {
        readSlowly(to, now);
      }
      watch();
    } catch (IOException e) {
      // What the server said before it closed may still be read.
      deaf = true;
      fullNow = false;
      watch();
    }
  }

  private void readSlowly(SocketChannel from, long now) throws IOException {
    if (readSoFar == 0) {
      readingSince = now;
      gear.slow(from);
    }
    pace();
  }

  private void pace() {
    if (!slow) {
      slow = true;
      owner.slow(this);
    }
  }

  private static long allowed(long rate, long nanos) {
    return (long) (rate * ((nanos + PACE) / (double) SECOND)) + 1;
  }

  private boolean readsSlowly() {
    return flights.count() > 0
        && !flights.unwritten()
        && flights.reading().readRate() > 0
        && state == State.OPEN;
  }

  private void watch() {
    SelectionKey mine = key;
    int wanted = (fullNow ? SelectionKey.OP_WRITE : 0) | (readsSlowly() ? 0 : SelectionKey.OP_READ);
    if (mine != null && wanted != interest) {
      interest = wanted;
      mine.interestOps(wanted);
    }
  }

  @Override
  boolean step(long now) {
    if (state == State.OPEN && sendsSlowly() && !fullNow) {
      flush(now);
    }
    if (readsSlowly()) {
      long atMost = allowed(flights.reading().readRate(), now - readingSince) - readSoFar;
      if (atMost > 0) {
        read((int) Math.min(atMost, gear.in.capacity()));
      }
    }
    slow = readsSlowly() || (state == State.OPEN && sendsSlowly());
    return slow;
  }

  private boolean sendsSlowly() {
    return flights.unwritten() && flights.writing().sendRate() > 0;
  }

  @Override
  void ready(long now) {
    SelectionKey mine = key;
    SocketChannel to = channel;
    if (mine == null || to == null || !mine.isValid()) {
      return;
    }
    if (state == State.CONNECTING) {
      try {
        if (to.finishConnect()) {
          state = State.OPEN;
          since = now;
          watch();
          connected(now);
        }
      } catch (IOException e) {
        shut(kind(e), now);
      }
      return;
    }
    int ops = mine.readyOps();
    if ((ops & SelectionKey.OP_READ) != 0) {
      read(gear.in.capacity());
    }
    if ((ops & SelectionKey.OP_WRITE) != 0 && state == State.OPEN) {
      fullNow = false;
      flush(now);
    }
  }

  private void read(int atMost) {
    SocketChannel from = channel;
    if (from == null) {
      return;
    }
    ByteBuffer in = gear.in.clear().limit(atMost);
    int got;
    try {
      got = from.read(in);
    } catch (IOException e) {
      got = -2;
    }
    if (got == 0) {
      return;
    }
    long at = System.nanoTime();
    if (got < 0) {
      ended(got == -1, at);
      return;
    }
    readSoFar += got;
    in.flip();
    boolean any = false;
    while (in.hasRemaining()) {
      if (state == State.LEAVING) {
        return; // only its end is of interest
      }
      if (flights.count() == 0) {
        shut("malformed", at); // speaks without having been asked
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

  private void ended(boolean politely, long at) {
    if (state == State.LEAVING) {
      shut("", at);
      return;
    }
    if (politely && flights.count() > 0 && answer.end() == Answer.Progress.WHOLE) {
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
    if (each || early || answer.last() || gear.spoils(shape)) {
      shut("reset", at);
      return false;
    }
    readSoFar = 0;
    if (flights.count() > 0) {
      answer.begin(bodiless(flights.shape()));
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
        } else if (channel == null && now - retryAt >= 0) {
          long begun = since;
          connect(now);
          since = begun;
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
  boolean connecting() {
    return state == State.CONNECTING;
  }

  /// Whether it had an answer since it was opened.
  boolean proved() {
    return proved;
  }

  @Override
  void close() {
    state = State.SHUT;
    flights.clear();
    closeChannel();
  }

  private void closeChannel() {
    SocketChannel old = channel;
    channel = null;
    key = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        // It is closed for us.
      }
    }
  }
}
