package usher.files.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import usher.files.Deposit;
import usher.files.FileLibrary;
import usher.files.LibraryException;
import usher.files.OpenFile;
import usher.files.Secret;
import usher.session.Cause;
import usher.session.Errand;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Overload;
import usher.session.Session;
import usher.session.Step;
import usher.session.Timeouts;

/// One client of the file protocol.
///
/// ```
///   HELLO ──► READY ──request──► CALL ──► CALLING ──► ANSWER ──► READY …
///     │         │                 ▲                     │ SEND
///     │         │                 └── chunk full ── FILL ◄┘
///     └─────────┴── QUIT, bad request, time, end, drained ──► LEAVE ──► closed
/// ```
///
/// - Requests are answered in their order, one at a time: what follows waits in the driver's
///   buffer.
/// - The library is reached by blocking calls alone; contents of files are sent by the driver.
/// - An open file and an upload are closed by whoever comes last, this session or its call:
///   [Errand].
final class FileSession implements Session, Errand.Clearing {
  private enum State {
    HELLO,
    READY,
    CALL,
    CALLING,
    ANSWER,
    FILL,
    LEAVE
  }

  private static final long UNSET = -1;

  private final FileLibrary library;
  private final Optional<Secret> token;
  private final Timeouts timeouts;
  private final Frame frame = new Frame();

  private State state = State.HELLO;

  /// Where to go when the answer is sent.
  private State then = State.READY;

  private long key;
  private long deadline = UNSET;
  private boolean headTimed;
  private boolean ended;
  private boolean more;
  private boolean draining;
  private long parting;
  private Step.@Nullable Task wanted;
  private @Nullable Errand errand;
  private @Nullable Answer answer;
  private @Nullable Intake intake;
  private volatile String task = "";

  FileSession(FileLibrary library, Optional<Secret> token, Opening opening) {
    this.library = library;
    this.token = token;
    this.timeouts = opening.timeouts();
  }

  @Override
  public void receive(ByteBuffer in) {
    while (in.hasRemaining() && (state == State.HELLO || state == State.READY)) {
      try {
        String text = frame.read(in);
        if (text != null) {
          deadline = UNSET;
          headTimed = false;
          take(text);
        }
      } catch (FrameException wrong) {
        refuse("bad-request", wrong.getMessage(), State.LEAVE);
      }
    }
    Intake filling = intake;
    if (state == State.FILL && filling != null) {
      filling.receive(in);
      deadline = UNSET;
    }
    more = in.hasRemaining();
  }

  private void take(String text) throws FrameException {
    if (state == State.HELLO) {
      greet(text);
      return;
    }
    Request request;
    try {
      request = Request.of(text);
    } catch (LibraryException badName) {
      refuse(badName, State.READY);
      return;
    }
    task = text;
    switch (request) {
      case Request.Files() -> call(() -> new Answer.Listing(library.list()));
      case Request.Stat(var name) -> call(() -> Answer.entry(library.stat(name)));
      case Request.Fetch fetch -> call(() -> contents(fetch));
      case Request.Store(var deposit) -> call(() -> begin(deposit));
      case Request.Quit() -> answer(Answer.words("BYE"), State.LEAVE);
    }
  }

  private void greet(String text) {
    String[] words = text.split(" ", 4);
    if (words.length < 3
        || !String.join(" ", words[0], words[1], words[2]).equals(FileProtocol.GREETING)) {
      refuse("version", "this is a server of \"" + FileProtocol.GREETING + "\"", State.LEAVE);
    } else if (token.isPresent() && !token.get().is(words.length == 4 ? words[3] : "")) {
      refuse("token", "the token is missing or wrong", State.LEAVE);
    } else {
      String may = library.writable() ? " writable" : " read-only";
      answer(Answer.words(FileProtocol.GREETING + may), State.READY);
    }
  }

  private Answer contents(Request.Fetch fetch) throws IOException {
    OpenFile file = library.open(fetch.name());
    boolean lent = false;
    try {
      long size = file.entry().size();
      if (fetch.offset() > size) {
        return Answer.words("ERROR range the file has " + size + " bytes");
      }
      Answer contents = new Answer.Contents(file, fetch.offset(), library.checksum(file));
      lent = true;
      return contents;
    } finally {
      if (!lent) {
        file.close();
      }
    }
  }

  private Intake begin(Deposit deposit) {
    return new Intake(deposit, library.store(deposit), timeouts);
  }

  private void call(Step.Task work) {
    wanted = work;
    state = State.CALL;
  }

  private void answer(Answer said, State next) {
    answer = said;
    then = next;
    state = State.ANSWER;
  }

  private void refuse(LibraryException refusal, State next) {
    String code = refusal.code().name().toLowerCase(Locale.ROOT).replace('_', '-');
    refuse(code, refusal.getMessage(), next);
  }

  private void refuse(String code, @Nullable String text, State next) {
    String words = "ERROR " + code + " " + text;
    answer(Answer.words(words.substring(0, Math.min(words.length(), Frame.MOST / 4))), next);
  }

  @Override
  public void receiveEnd() {
    ended = true;
  }

  @Override
  public void complete(long of, Outcome outcome) {
    errand = null;
    switch (outcome) {
      case Outcome.Value(Answer said) -> answer(said, State.READY);
      case Outcome.Value(Intake begun) when intake == null -> {
        intake = begun;
        answer(Answer.words("SEND " + begun.begun()), State.FILL);
      }
      case Outcome.Value _ -> state = State.FILL;
      case Outcome.Failure(LibraryException refusal) -> refuse(refusal, afterRefusal());
      case Outcome.Failure(Overload overload) ->
          refuse("busy", "too much to do; try again later", afterRefusal());
      case Outcome.Failure(Throwable thrown) -> throw new IllegalStateException(task, thrown);
    }
    if (intake != null && state == State.ANSWER && then != State.FILL) {
      endIntake();
    }
  }

  /// Bytes of a `PUT` that are still under way would be read as requests.
  private State afterRefusal() {
    return intake == null || intake.whole() ? State.READY : State.LEAVE;
  }

  private void endIntake() {
    Intake over = intake;
    intake = null;
    if (over != null) {
      over.close();
    }
  }

  @Override
  public void expire(long now) {
    if (now >= deadline && deadline != UNSET) {
      state = State.LEAVE;
    }
  }

  @Override
  public void drain(long time) {
    draining = true;
    parting = Math.min(time, timeouts.idle().toNanos());
    deadline = UNSET;
  }

  @Override
  public void lost(Cause cause) {
    Errand underWay = errand;
    if (underWay != null) {
      underWay.abandon();
    } else {
      clear(null);
    }
  }

  @Override
  public void clear(@Nullable Object result) {
    if (result instanceof Answer said) {
      said.close();
    } else if (result instanceof Intake begun && begun != intake) {
      begun.close();
    }
    Answer open = answer;
    answer = null;
    if (open != null) {
      open.close();
    }
    endIntake();
  }

  @Override
  public Step next(long now) {
    while (true) {
      switch (state) {
        case HELLO, READY -> {
          if (ended && !more) {
            return Step.CLOSE;
          }
          await(now);
          return Step.INPUT;
        }
        case CALL -> {
          Errand sent = new Errand(Objects.requireNonNull(wanted), this);
          wanted = null;
          errand = sent;
          state = State.CALLING;
          return new Step.Call(++key, sent, Step.Kind.BLOCKING);
        }
        case CALLING -> {
          deadline = NEVER;
          return Step.QUIET;
        }
        case ANSWER -> {
          Answer current = Objects.requireNonNull(answer);
          Step step = current.next();
          if (step != null) {
            return step;
          }
          current.close();
          answer = null;
          state = draining && then == State.READY && !more ? State.LEAVE : then;
          deadline = UNSET;
          task = "";
        }
        case FILL -> {
          Intake filling = Objects.requireNonNull(intake);
          if (filling.ready()) {
            filling.pause(now);
            call(filling);
          } else if (ended && !more) {
            return Step.CLOSE;
          } else {
            deadline = filling.deadline(now);
            return Step.INPUT;
          }
        }
        case LEAVE -> {
          return ended ? Step.CLOSE : Step.LINGER;
        }
      }
    }
  }

  /// Between requests and within one the clocks differ.
  private void await(long now) {
    if (frame.begun() && !headTimed) {
      headTimed = true;
      deadline = now + timeouts.head().toNanos();
    } else if (deadline == UNSET) {
      long idle = timeouts.idle().toNanos();
      deadline = now + (draining ? Math.min(parting, idle) : idle);
    }
  }

  @Override
  public String task() {
    return task;
  }

  @Override
  public long deadline() {
    return deadline == UNSET ? NEVER : deadline;
  }
}
