package usher.testkit.contract;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import usher.session.Carriage;
import usher.session.Cause;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Overload;
import usher.session.Protocol;
import usher.session.ProtocolException;
import usher.session.Session;
import usher.session.Step;

/// A small line protocol for behaviours: each line is answered with steps of the behaviour's
/// choice, one line after the other, however many come at once.
///
/// ```
///   READING ──line──► ANSWERING ──steps are done──► READING
///      │ head or idle time, end of input, drain         (a call: waits for its end, reads nothing)
///      ▼
///     over
/// ```
///
/// - The value of a call is answered as a line; a call that was refused by `busy`; what else a call
///   throws ends the connection.
/// - A line whose end does not come within the head time is answered by `late`, and an idle client
///   is let go without a word.
/// - A drain lets the answer in flight and the lines that are here finish; then the session waits
///   for as long as its grace for lines that were on their way, and closes. There is no word for
///   parting, so without hurry it changes nothing.
public final class Lines implements Protocol {
  private final Answer answer;
  private final Duration grace;
  private final Runnable drained;
  private final Carriage carriage;

  /// What a line is answered with. Called by the session, so it must not block; a [Step.Call] may.
  @FunctionalInterface
  public interface Answer {
    /// The steps for this line.
    List<Step> to(String line);
  }

  /// Lines, answered so.
  public Lines(Answer answer) {
    this(answer, Duration.ZERO, () -> {}, Carriage.STREAM);
  }

  private Lines(Answer answer, Duration grace, Runnable drained, Carriage carriage) {
    this.answer = answer;
    this.grace = grace;
    this.drained = drained;
    this.carriage = carriage;
  }

  /// The same, but when it is drained a session tells so and waits that long for further lines.
  public Lines whenDrained(Duration grace, Runnable told) {
    return new Lines(answer, grace, told, carriage);
  }

  /// The same in datagrams of at most so many bytes, each a line of its own.
  public Lines inDatagrams(int longest) {
    return new Lines(answer, grace, drained, Carriage.datagrams(longest));
  }

  /// A protocol that repeats each line.
  public static Lines echo() {
    return new Lines(line -> List.of(say(line)));
  }

  /// The text and a line feed.
  public static Step say(String text) {
    return new Step.Write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.ISO_8859_1)));
  }

  /// A call whose value is answered as a line.
  public static Step call(Step.Kind kind, Step.Task task) {
    return new Step.Call(1, task, kind);
  }

  /// A call whose stage ends with what is answered as a line.
  @SuppressWarnings("FutureReturnValueIgnored") // the driver waits for it
  public static Step async(Supplier<CompletionStage<?>> stage) {
    return call(Step.Kind.ASYNC, stage::get);
  }

  @Override
  public String name() {
    return "lines";
  }

  @Override
  public Carriage carriage() {
    return carriage;
  }

  @Override
  public ByteBuffer busy() {
    return ByteBuffer.wrap("busy\n".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public Session open(Opening opening) {
    return new LineSession(opening);
  }

  /// A call of the user failed.
  static final class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CallFailed(Throwable thrown) {
      super("a call failed", thrown, false, false);
    }
  }

  private final class LineSession implements Session {
    private final long head;
    private final long idle;
    private final int most;
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private @Nullable Throwable failed;
    private volatile String task = "";
    private boolean calling;
    private boolean partial;
    private boolean ended;
    private boolean draining;
    private boolean over;
    private long since = -1;

    LineSession(Opening opening) {
      head = opening.timeouts().head().toNanos();
      idle = opening.timeouts().idle().toNanos();
      most = opening.limits().headBytes();
    }

    @Override
    public void receive(ByteBuffer in) {
      for (int i = in.position(); i < in.limit(); i++) {
        if (in.get(i) == '\n') {
          byte[] line = new byte[i - in.position()];
          in.get(line).get();
          task = new String(line, StandardCharsets.ISO_8859_1);
          steps.addAll(answer.to(task));
          partial = false;
          since = -1;
          return;
        }
      }
      if (in.remaining() > most) {
        throw ProtocolException.peer("a line is longer than " + most + " bytes");
      }
      if (!partial) {
        partial = true;
        since = -1;
      }
    }

    @Override
    public void receiveEnd() {
      ended = true;
    }

    @Override
    public void complete(long key, Outcome outcome) {
      calling = false;
      switch (outcome) {
        case Outcome.Value(Object value) -> {
          if (value != null) {
            steps.addFirst(say(String.valueOf(value)));
          }
        }
        case Outcome.Failure(Overload _) -> steps.addFirst(say("busy"));
        case Outcome.Failure(Throwable thrown) -> failed = thrown;
      }
    }

    @Override
    public void expire(long now) {
      over = true;
      if (partial && !draining) {
        steps.add(say("late"));
      }
    }

    @Override
    public void drain(long parting) {
      if (parting == UNHURRIED) {
        return;
      }
      draining = true;
      since = -1;
      drained.run();
    }

    @Override
    public void lost(Cause cause) {}

    @Override
    public Step next(long now) {
      if (failed != null) {
        throw new CallFailed(failed);
      }
      if (calling) {
        return Step.QUIET;
      }
      Step step = steps.poll();
      if (step != null) {
        calling = step instanceof Step.Call || step instanceof Step.Converse;
        since = -1;
        return step;
      }
      if (over || ended || (draining && grace.isZero())) {
        return ended ? Step.CLOSE : Step.LINGER;
      }
      if (since < 0) {
        since = now;
      }
      return Step.INPUT;
    }

    @Override
    public String task() {
      return task;
    }

    @Override
    public long deadline() {
      if (calling || since < 0) {
        return NEVER;
      }
      return since + (draining ? grace.toNanos() : partial ? head : idle);
    }
  }
}
