package usher.testkit.drive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.session.Cause;
import usher.session.Limits;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Protocol;
import usher.session.Session;
import usher.session.Step;
import usher.session.Timeouts;
import usher.testkit.ManualClock;

/// Drives one session without a socket, a thread or a clock, and checks its side of the contract:
/// - it writes at least one byte, and sends at least one byte of a file;
/// - it moves the lent buffer's position forwards only, and keeps no part of it (the buffer is
///   overwritten as soon as the session has returned);
/// - it reaches a park or an end within a bounded number of steps;
/// - it waits for something: a full buffer that it leaves untouched, or the end of input with no
///   deadline and no call, would be waiting for ever;
/// - its deadline is not in the past of the time before.
///
/// A breach is a [ContractBroken]. What a session throws is kept ([#thrown]) and ends the
/// connection.
///
/// One thread only; stages that end elsewhere are taken up at the next input or [#settle].
public final class Rehearsal implements AutoCloseable {
  /// Bytes that the driver would hold unread.
  public static final int INBOX = 16 << 10;

  private static final int STEPS = 1_000_000;

  /// How a connection stands.
  public enum End {
    /// It goes on.
    NONE,
    CLOSED,
    /// Closed, with the peer's remaining bytes read and thrown away.
    LINGERED,
    ABORTED,
    /// The session or a file failed.
    FAILED,
    /// The test took the connection away.
    LOST
  }

  private final ManualClock time;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Calls calls = new Calls(this::ended);
  private Session session;
  private final Unread unread = new Unread();

  /// What the peer has sent and the driver has no room for yet.
  private final Unread onTheWay = new Unread();

  private boolean inputEnded;
  private boolean outputShut;
  private Step.@Nullable Park parked;
  private End end = End.NONE;
  private @Nullable Throwable thrown;
  private int taken;

  private Rehearsal(Session session, ManualClock time) {
    this.session = session;
    this.time = time;
  }

  /// A connection of this protocol, with the limits and timeouts that are the default.
  public static Rehearsal of(Protocol protocol) {
    return of(protocol, Limits.DEFAULT, Timeouts.DEFAULT);
  }

  /// A connection of this protocol.
  public static Rehearsal of(Protocol protocol, Limits limits, Timeouts timeouts) {
    return of(protocol, limits, timeouts, ManualClock.ofRfc());
  }

  /// A connection of this protocol that shares its time with others.
  public static Rehearsal of(
      Protocol protocol, Limits limits, Timeouts timeouts, ManualClock time) {
    Session session = protocol.open(new Opening(TestPeer.INSTANCE, limits, timeouts, time));
    var rehearsal = new Rehearsal(session, time);
    rehearsal.drive();
    return rehearsal;
  }

  /// Holds blocking and asynchronous calls from now on until [#release]; else they run at once.
  public Rehearsal hold() {
    calls.hold();
    return this;
  }

  // ---- inputs

  /// Bytes come, all at once.
  public Rehearsal send(byte[] bytes) {
    return send(bytes, 0, bytes.length);
  }

  /// A text comes, as ISO 8859-1.
  public Rehearsal send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Bytes come, some at a time: up to each of the cuts, and the rest.
  public Rehearsal send(byte[] bytes, List<Integer> cuts) {
    int from = 0;
    for (int cut : cuts) {
      send(bytes, from, cut);
      from = cut;
    }
    return send(bytes, from, bytes.length);
  }

  /// Bytes come, each alone.
  public Rehearsal sendEach(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      send(bytes, i, i + 1);
    }
    return this;
  }

  private Rehearsal send(byte[] bytes, int from, int to) {
    if (inputEnded) {
      throw new IllegalStateException("the input has ended");
    }
    onTheWay.add(bytes, from, to - from);
    return settle();
  }

  /// The peer shuts its side.
  public Rehearsal end() {
    inputEnded = true;
    if (open()) {
      guarded(session::receiveEnd);
      drive();
    }
    return this;
  }

  /// The server wants to end.
  public Rehearsal drain() {
    if (open()) {
      guarded(() -> session.drain(Timeouts.DEFAULT.parting().toNanos()));
      drive();
    }
    return this;
  }

  /// Time passes; the session is told where its deadline has passed.
  public Rehearsal advance(Duration by) {
    time.advance(by);
    if (open() && parked != null && session.deadline() <= time.getAsLong()) {
      guarded(() -> session.expire(time.getAsLong()));
      drive();
    }
    return this;
  }

  /// The connection is gone.
  public Rehearsal lose() {
    if (open()) {
      finish(End.LOST, Cause.peerGone(new IOException("the test took it away")));
    }
    return this;
  }

  /// Runs the call that was held first, whether or not the connection still cares for its end.
  public Rehearsal release() {
    calls.release();
    return settle();
  }

  /// Refuses the call that was held first.
  public Rehearsal refuse(Throwable why) {
    calls.refuse(why);
    return settle();
  }

  /// Goes on with whatever has ended meanwhile.
  public Rehearsal settle() {
    calls.settle();
    drive();
    while (open() && onTheWay.size() > 0 && unread.size() < INBOX) {
      byte[] next = onTheWay.take(INBOX - unread.size());
      unread.add(next, 0, next.length);
      drive();
    }
    return this;
  }

  @Override
  public void close() {
    lose();
  }

  // ---- what is seen

  /// All that was sent so far.
  public byte[] output() {
    return output.toByteArray();
  }

  /// All that was sent so far, as ISO 8859-1.
  public String text() {
    return output.toString(StandardCharsets.ISO_8859_1);
  }

  /// What was sent since the last time, as ISO 8859-1.
  public String fresh() {
    String all = text();
    String since = all.substring(taken);
    taken = all.length();
    return since;
  }

  /// How the connection stands.
  public End ended() {
    return end;
  }

  /// Whether the connection goes on.
  public boolean open() {
    return end == End.NONE;
  }

  /// Whether the session waits for input.
  public boolean wantsInput() {
    return parked != null && parked.wantsInput();
  }

  /// Bytes that came and that the session has not taken.
  public int unread() {
    return unread.size();
  }

  /// How many calls are held.
  public int held() {
    return calls.held();
  }

  /// Whether the session has shut its output.
  public boolean outputShut() {
    return outputShut;
  }

  /// How long until the session's deadline, or null if it has none.
  public @Nullable Duration due() {
    long deadline = session.deadline();
    return deadline == Session.NEVER ? null : Duration.ofNanos(deadline - time.getAsLong());
  }

  /// What the session threw.
  public @Nullable Throwable thrown() {
    return thrown;
  }

  /// The session itself.
  public Session session() {
    return session;
  }

  /// The time of this connection.
  public ManualClock time() {
    return time;
  }

  // ---- the machine

  private void drive() {
    parked = null;
    for (int steps = 0; open() && parked == null; steps++) {
      if (steps == STEPS) {
        throw new ContractBroken("no park within " + STEPS + " steps");
      }
      guarded(() -> obey(session.next(time.getAsLong())));
    }
  }

  private void obey(Step step) throws Exception {
    switch (step) {
      case Step.Write(ByteBuffer bytes) -> {
        check(bytes.hasRemaining(), "a session wrote nothing");
        check(!outputShut, "a session wrote after it shut its output");
        var copy = new byte[bytes.remaining()];
        bytes.get(copy);
        output.write(copy);
      }
      case Step.SendFile part -> {
        check(part.length() > 0, "a session sent nothing of a file");
        sendFile(part);
      }
      case Step.Call call -> call(call);
      case Step.Converse(long key, var conversation) -> {
        var in = new java.io.ByteArrayInputStream(unread.take(INBOX));
        Outcome outcome;
        try {
          conversation.hold(in, output);
          outcome = new Outcome.Value(null);
        } catch (Exception e) {
          outcome = new Outcome.Failure(e);
        }
        byte[] rest = in.readAllBytes();
        unread.add(rest, 0, rest.length);
        session.complete(key, outcome);
      }
      case Step.Become(Session next) -> session = next;
      case Step.ShutdownOutput() -> outputShut = true;
      case Step.Close(boolean linger) ->
          finish(linger && !inputEnded ? End.LINGERED : End.CLOSED, Cause.FINISHED);
      case Step.Abort() -> finish(End.ABORTED, Cause.ABORTED);
      case Step.Park park -> park(park);
    }
    if (!(step instanceof Step.Park)) {
      unread.reconsider();
    }
  }

  private void park(Step.Park park) {
    if (park.wantsInput()) {
      if (unread.ripe()) {
        unread.offer(session);
        return;
      }
      check(unread.size() < INBOX, "a session waits for input over a full buffer");
    }
    long deadline = session.deadline();
    check(deadline >= 0, "a deadline of " + deadline);
    check(
        !inputEnded || calls.pending() > 0 || deadline != Session.NEVER,
        "a session waits after the end of input and for nothing else");
    parked = park;
  }

  private void sendFile(Step.SendFile part) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(part.length()));
    while (bytes.hasRemaining()) {
      if (part.file().read(bytes, part.offset() + bytes.position()) < 0) {
        throw new IOException("the file has become " + bytes.remaining() + " bytes too short");
      }
    }
    output.write(bytes.array());
  }

  private void call(Step.Call call) {
    if (call.kind() == Step.Kind.INLINE) {
      complete(call.key(), Calls.outcome(call));
    } else {
      calls.begin(call, session);
    }
  }

  private void ended(Session origin, long key, Outcome outcome) {
    if (open() && origin.equals(session)) {
      complete(key, outcome);
    }
  }

  private void complete(long key, Outcome outcome) {
    if (open()) {
      guarded(() -> session.complete(key, outcome));
    }
  }

  private void finish(End how, Cause cause) {
    end = how;
    parked = null;
    session.lost(cause);
  }

  private interface Input {
    void give() throws Exception;
  }

  private void guarded(Input input) {
    try {
      input.give();
    } catch (ContractBroken broken) {
      throw broken;
    } catch (Throwable failure) {
      thrown = failure;
      if (open()) {
        finish(End.FAILED, Cause.failed(failure));
      }
    }
  }

  static void check(boolean holds, String breach) {
    if (!holds) {
      throw new ContractBroken(breach);
    }
  }
}
