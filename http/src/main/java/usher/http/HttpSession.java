package usher.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import usher.http.spool.Spool;
import usher.http.wire.Head;
import usher.http.wire.HeadScanner;
import usher.http.wire.Rejection;
import usher.session.Cause;
import usher.session.Outcome;
import usher.session.Peer;
import usher.session.ProtocolException;
import usher.session.Session;
import usher.session.Step;

/// One HTTP connection: requests in order, one at a time, each received whole before its handler is
/// called.
///
/// ```
///  ┌► IDLE ──bytes──► HEAD ──whole──► ROUTE ──no body──────────► CALL ──► HANDLING
///  │    │ time, parting │ 4xx 5xx       │ body                    ▲           │
///  │    │ end           │               ├─ 100 ─► CONTINUE        │ whole     │ response,
///  │    ▼               │               ▼            │            │           │ or 500
///  │   END ◄──┐         │             BODY ◄─────────┘────────────┘           │
///  │          │         │             ▲  │ 4xx                                │
///  │          │         │    SPILLING ┘  └──────────┐                         │
///  │          │ closes  ▼                           ▼                         │
///  │          └─────── ANSWER ◄───────────────────────────────────────────────┘
///  └── keep-alive ────── │ ▲ ──source──► PULLING ──throws──► ABORT
///                        └─┴───────────────┘
/// ```
///
/// Rules and limits:
/// - Input is taken in IDLE, HEAD and BODY only; pipelined requests wait in the driver's buffer.
/// - Where framing is in doubt, the answer says `Connection: close` and the connection lingers.
/// - An idle session holds no buffer. Once the server drains it may still ask for a moment, and the
///   answer then says `Connection: close`.
/// - The deadlines of the peer run in IDLE, HEAD and BODY only: a handler may take its time.
/// - Does not do: `CONNECT`, upgrades, trailers in responses, HTTP/2.
final class HttpSession implements Session {
  private enum State {
    IDLE,
    HEAD,
    ROUTE,
    CONTINUE,
    BODY,
    SPILLING,
    CALL,
    HANDLING,
    ANSWER,
    PULLING,
    END,
    ABORT
  }

  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final long UNSET = -1;
  private static final int FIRST_GUESS = 512;

  private final Terms terms;
  private final Peer peer;
  private State state = State.IDLE;
  private long deadline = UNSET;
  private int calls;

  /// How long the next head is likely to be.
  private int guess = FIRST_GUESS;

  private boolean ended;
  private boolean draining;

  /// How long a silent peer may still ask once we drain.
  private long parting;

  /// Whether the driver still has bytes that were not taken.
  private boolean more;

  /// Whether the peer may still be sending when we close.
  private boolean linger;

  private @Nullable HeadScanner scanner;
  private @Nullable Exchange exchange;

  HttpSession(Terms terms, Peer peer) {
    this.terms = terms;
    this.peer = peer;
  }

  // ---- inputs

  @Override
  public void receive(ByteBuffer in) {
    try {
      switch (state) {
        case IDLE, HEAD -> receiveHead(in);
        case BODY -> Objects.requireNonNull(exchange().intake).receive(in);
        default -> {}
      }
    } catch (Rejection rejection) {
      reject(rejection.status(), rejection.getMessage());
    }
    more = in.hasRemaining();
  }

  private void receiveHead(ByteBuffer in) {
    HeadScanner reading = scanner;
    if (reading == null) {
      if (!in.hasRemaining()) {
        return;
      }
      reading = HeadScanner.ofRequest(terms.limits);
      scanner = reading;
      state = State.HEAD;
      deadline = UNSET;
    }
    if (reading.scan(in, guess)) {
      state = State.ROUTE;
    }
  }

  @Override
  public void receiveEnd() {
    ended = true;
  }

  @Override
  public void drain(long time) {
    draining = true;
    parting = Math.min(time, terms.idleTime);
    if (state == State.IDLE) {
      deadline = UNSET;
    }
  }

  @Override
  public void expire(long now) {
    if (now < deadline) {
      return;
    }
    switch (state) {
      case IDLE -> state = State.END;
      case HEAD -> reject(408, "the head took too long");
      case BODY -> reject(408, "the body came too slowly");
      default -> {}
    }
  }

  @Override
  public void complete(long key, Outcome outcome) {
    Exchange current = exchange;
    if (key != calls || current == null) {
      throw ProtocolException.ours("call " + key + " ended, which is not under way");
    }
    current.errand = null;
    switch (state) {
      case HANDLING -> handled(outcome);
      case SPILLING -> spilled(outcome);
      case PULLING -> pulled(outcome);
      default -> throw ProtocolException.ours("call " + key + " ended twice");
    }
  }

  @Override
  public void lost(Cause cause) {
    Exchange current = exchange;
    exchange = null;
    scanner = null;
    if (current != null) {
      current.lost();
    }
  }

  // ---- what next

  @Override
  public String task() {
    Exchange current = exchange;
    return current == null ? "" : current.request.method() + " " + current.request.target().raw();
  }

  @Override
  public long deadline() {
    return deadline;
  }

  @Override
  public Step next(long now) {
    while (true) {
      switch (state) {
        case IDLE -> {
          if (ended && !more) {
            state = State.END;
          } else {
            deadlineFrom(now, draining ? parting : terms.idleTime);
            return Step.INPUT;
          }
        }
        case HEAD -> {
          if (endedEarly("the request ends within its head")) {
            continue;
          }
          deadlineFrom(now, terms.headTime);
          return Step.INPUT;
        }
        case ROUTE -> route();
        case CONTINUE -> {
          state = State.BODY;
          return new Step.Write(ByteBuffer.wrap(CONTINUE));
        }
        case BODY -> {
          Step step = receiveBody(now);
          if (step != null) {
            return step;
          }
        }
        case CALL -> {
          state = State.HANDLING;
          return exchange().call(++calls);
        }
        case SPILLING, HANDLING, PULLING -> {
          deadline = NEVER;
          return Step.QUIET;
        }
        case ANSWER -> {
          Step step = answer();
          if (step != null) {
            return step;
          }
        }
        case END -> {
          return linger || more ? Step.LINGER : Step.CLOSE;
        }
        case ABORT -> {
          return Step.ABORT;
        }
      }
    }
  }

  private void deadlineFrom(long now, long time) {
    if (deadline == UNSET) {
      deadline = now + time;
    }
  }

  private boolean endedEarly(String message) {
    if (ended && !more) {
      reject(400, message);
      return true;
    }
    return false;
  }

  private Exchange exchange() {
    return Objects.requireNonNull(exchange);
  }

  // ---- request

  private void route() {
    HeadScanner reading = Objects.requireNonNull(scanner);
    scanner = null;
    deadline = UNSET;
    guess = Math.max(64, reading.length());
    Head head = reading.head();
    Exchange current;
    try {
      current = Exchange.of(terms, head, peer);
    } catch (Rejection rejection) {
      terms.refused(Exchange.understood(head, peer), rejection.status());
      refuse(rejection.status(), rejection.getMessage(), head.method().equals("HEAD"));
      return;
    }
    exchange = current;
    try {
      switch (current.route(more)) {
        case CALL -> state = State.CALL;
        case CALL_UNREAD -> {
          linger = true;
          state = State.CALL;
        }
        case CONTINUE -> state = State.CONTINUE;
        case READ -> state = State.BODY;
      }
    } catch (Rejection rejection) {
      reject(rejection.status(), rejection.getMessage());
    } catch (Throwable thrown) {
      unread(current);
      fail(thrown);
    }
  }

  /// A body that is not read to its end leaves no way to the next request.
  private void unread(Exchange current) {
    if (current.framing.hasBody()) {
      current.keepAlive = false;
      linger = true;
    }
  }

  /// Waits for the body, spills it, or goes on with it: then there is no step yet.
  private @Nullable Step receiveBody(long now) {
    Exchange current = exchange();
    Intake intake = Objects.requireNonNull(current.intake);
    if (intake.mustSpill()) {
      state = State.SPILLING;
      return current.spill(++calls, intake, now);
    }
    if (intake.whole()) {
      current.received(intake);
      state = State.CALL;
      return null;
    }
    if (endedEarly("the request ends within its body")) {
      return null;
    }
    deadline = intake.deadline(now);
    return Step.INPUT;
  }

  private void spilled(Outcome outcome) {
    Exchange current = exchange();
    switch (outcome) {
      case Outcome.Value(Spool spool) -> {
        Objects.requireNonNull(current.intake).spilled(spool);
        state = State.BODY;
      }
      case Outcome.Value value -> throw new IllegalStateException("a spill gave " + value.value());
      case Outcome.Failure(Throwable thrown) -> {
        unread(current);
        fail(thrown);
      }
    }
  }

  // ---- response

  private void handled(Outcome outcome) {
    Exchange current = exchange();
    respond(current, current.result(outcome));
  }

  private void fail(Throwable thrown) {
    Exchange current = exchange();
    respond(current, current.page(thrown));
  }

  private void respond(Exchange current, HttpResponse response) {
    // What has come already is still answered before a drained or half-closed connection ends.
    boolean last = (draining || ended) && !more;
    boolean asked = current.keepAlive;
    current.respond(response, !last);
    // A client that did not ask for the end may have sent more by now.
    linger |= asked && !ended && Objects.requireNonNull(current.answer).closes();
    state = State.ANSWER;
  }

  /// Ends a request that is not taken, whatever is still to come of it.
  private void reject(int status, @Nullable String message) {
    Exchange current = exchange;
    terms.refused(current == null ? nobody() : current.request, status);
    boolean headOnly = current != null && current.headOnly();
    if (current != null) {
      current.clear();
    }
    refuse(status, message, headOnly);
  }

  private HttpRequest nobody() {
    return HttpRequest.of("-", "/").withPeer(peer);
  }

  private void refuse(int status, @Nullable String message, boolean headOnly) {
    linger = true;
    exchange = Exchange.refused(terms, status, message, headOnly);
    state = State.ANSWER;
  }

  /// The next step of the answer, or null once it is sent and the state has changed.
  private @Nullable Step answer() {
    Exchange current = exchange();
    Answer sending = Objects.requireNonNull(current.answer);
    Step step = sending.next();
    if (step != null) {
      return step;
    }
    Pulling pulling = sending.pulling();
    if (pulling != null) {
      state = State.PULLING;
      return current.pull(++calls, pulling);
    }
    exchange = null;
    current.clear();
    state = sending.closes() ? State.END : State.IDLE;
    deadline = UNSET;
    return null;
  }

  private void pulled(Outcome outcome) {
    Exchange current = exchange();
    try {
      switch (outcome) {
        case Outcome.Value(Integer count) -> {
          Objects.requireNonNull(Objects.requireNonNull(current.answer).pulling()).pulled(count);
          state = State.ANSWER;
        }
        case Outcome.Value value -> throw new IllegalStateException("a pull gave " + value.value());
        case Outcome.Failure(Throwable thrown) -> throw thrown;
      }
    } catch (Throwable thrown) {
      // The head is on its way: only a reset can still tell the peer that this is no whole answer.
      current.failed(thrown);
      state = State.ABORT;
    }
  }
}
