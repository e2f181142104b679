package usher.http;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import usher.http.spool.Spool;
import usher.http.wire.Framing;
import usher.http.wire.Head;
import usher.http.wire.Rejection;
import usher.session.Errand;
import usher.session.Outcome;
import usher.session.Overload;
import usher.session.Peer;
import usher.session.ProtocolException;
import usher.session.Step;

/// One request on its way to its answer, and all that it holds open. As a task it calls the
/// handler.
///
/// Belongs to the session's owner; while an [Errand] is under way that the session has abandoned,
/// to that errand.
final class Exchange implements Step.Task, Errand.Clearing {
  private static final String FAILED = "the request could not be answered";

  final Framing framing;
  private final Terms terms;
  HttpRequest request;
  HttpHandler handler;
  Step.Kind kind = Step.Kind.INLINE;
  boolean keepAlive;
  @Nullable Intake intake;
  @Nullable Answer answer;

  /// The call that is under way on some other thread.
  @Nullable Errand errand;

  Exchange(Terms terms, HttpRequest request, Framing framing) {
    this.terms = terms;
    this.request = request;
    this.framing = framing;
    this.handler = terms.handler;
    this.keepAlive = framing.keepAlive();
  }

  /// The request of this head.
  ///
  /// @throws Rejection where it cannot be taken
  static Exchange of(Terms terms, Head head, Peer peer) {
    String method = head.method();
    if (method.equals("CONNECT")) {
      throw new Rejection(501, "CONNECT is not served");
    }
    Framing framing = Framing.of(head);
    HttpRequest request = request(head, method, target(method, head.target()), peer);
    return new Exchange(terms, request, framing);
  }

  /// What a head says that cannot be taken, for those who keep records.
  static HttpRequest understood(Head head, Peer peer) {
    String raw = head.target();
    return request(head, head.method(), new Target(Target.Form.ORIGIN, raw, null, raw, null), peer);
  }

  private static HttpRequest request(Head head, String method, Target target, Peer peer) {
    return new HttpRequest(
        method,
        target,
        head.minor() == 0 ? HttpRequest.Version.HTTP_1_0 : HttpRequest.Version.HTTP_1_1,
        new HeadFields(head),
        MemoryBody.EMPTY,
        FieldList.NONE,
        peer,
        Map.of());
  }

  private static Target target(String method, String raw) {
    try {
      return Target.of(method, raw);
    } catch (HttpException refusal) {
      throw new Rejection(refusal.status(), String.valueOf(refusal.getMessage()));
    }
  }

  /// The answer to a request that is not taken.
  static Exchange refused(Terms terms, int status, @Nullable String message, boolean headOnly) {
    HttpRequest nobody = HttpRequest.of("-", "/");
    var refused = new Exchange(terms, nobody, new Framing(0, false, false, false));
    refused.answer = Answer.of(terms, terms.page(status, message), headOnly, true, false);
    return refused;
  }

  /// How a request goes on once its handler is picked.
  enum Way {
    /// There is no body.
    CALL,
    /// The body is not worth reading: the answer comes first, and nothing follows it.
    CALL_UNREAD,
    /// The body is held back until we ask for it.
    CONTINUE,
    READ
  }

  /// Picks the handler.
  ///
  /// @param more whether bytes have come behind the head
  /// @throws Rejection where the body is too large
  Way route(boolean more) {
    Routed routed = handler.route(request);
    request = routed.request();
    handler = routed.handler();
    kind = handler.kind();
    if (!framing.hasBody()) {
      return Way.CALL;
    }
    int memory = terms.limits.bodyMemory();
    boolean held = framing.expectsContinue() && !more;
    long limit;
    if (handler.wantsBody()) {
      limit = handler.bodyLimit(terms.limits.bodyBytes());
    } else if (held || framing.chunked() || framing.length() > memory) {
      keepAlive = false;
      return Way.CALL_UNREAD;
    } else {
      limit = memory;
    }
    if (!framing.chunked() && framing.length() > limit) {
      throw new Rejection(413, "the body is larger than the " + limit + " bytes that are taken");
    }
    intake = new Intake(terms, framing, limit);
    return held ? Way.CONTINUE : Way.READ;
  }

  /// The body is whole.
  void received(Intake receiving) {
    RequestBody body = receiving.body();
    request = request.withBody(body, receiving.trailers());
    if (kind == Step.Kind.INLINE && !body.inMemory()) {
      // Reading it touches a file, which code that never blocks cannot have meant.
      kind = Step.Kind.BLOCKING;
    }
  }

  boolean headOnly() {
    return request.method().equals("HEAD");
  }

  /// Whether the client knows HTTP/1.1.
  boolean latest() {
    return request.version() == HttpRequest.Version.HTTP_1_1;
  }

  /// The call of the handler.
  Step.Call call(long key) {
    return call(key, this, kind);
  }

  /// The call that moves the body on into its spool.
  Step.Call spill(long key, Intake receiving, long now) {
    return call(key, receiving.spill(now), Step.Kind.BLOCKING);
  }

  /// The call that pulls the next bytes of the answer.
  Step.Call pull(long key, Pulling pulling) {
    return call(key, pulling.task(), pulling.kind());
  }

  private Step.Call call(long key, Step.Task task, Step.Kind how) {
    if (how == Step.Kind.INLINE) {
      return new Step.Call(key, task, how);
    }
    var sent = new Errand(task, this);
    errand = sent;
    return new Step.Call(key, sent, how);
  }

  @Override
  public void waited(long nanos) {
    request.waited(nanos);
  }

  @Override
  public @Nullable Object run() throws Exception {
    return kind == Step.Kind.ASYNC ? handler.handleAsync(request) : handler.handle(request);
  }

  /// The response that the handler's end means.
  HttpResponse result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Value(HttpResponse response) -> response;
      case Outcome.Value value ->
          page(ProtocolException.ours("a handler answered " + value.value()));
      case Outcome.Failure(Throwable thrown) -> page(thrown);
    };
  }

  /// The response to what was thrown; what is a defect is told.
  HttpResponse page(Throwable thrown) {
    return switch (thrown) {
      case HttpException refusal -> {
        HttpResponse page = terms.page(refusal.status(), refusal.getMessage());
        for (Headers.Field field : refusal.headers()) {
          page = page.header(field.name(), field.value());
        }
        yield page;
      }
      case Overload overload -> {
        // Its handler has not been called, so this is told like all that is not taken.
        terms.refused(request, 503);
        yield terms.page(503, "the server is too busy");
      }
      default -> {
        failed(thrown);
        yield terms.page(500, FAILED);
      }
    };
  }

  /// Makes the response the answer.
  ///
  /// @param goesOn whether the connection may go on, as far as our side is concerned
  void respond(HttpResponse response, boolean goesOn) {
    boolean goOn = keepAlive && goesOn;
    try {
      answer = Answer.of(terms, response, headOnly(), latest(), goOn);
    } catch (RuntimeException thrown) {
      failed(thrown);
      close(response.body());
      answer = Answer.of(terms, terms.page(500, FAILED), headOnly(), latest(), goOn);
    }
  }

  /// The connection is gone.
  void lost() {
    Errand underWay = errand;
    if (underWay != null) {
      underWay.abandon();
    } else {
      clear();
    }
  }

  /// Closes all that is open, and the result of a task that nobody waits for any more.
  @Override
  public void clear(@Nullable Object result) {
    if (result instanceof HttpResponse response) {
      close(response.body());
    } else if (result instanceof Spool spool) {
      close(spool);
    }
    clear();
  }

  /// Closes all that is open.
  void clear() {
    Answer sending = answer;
    answer = null;
    if (sending != null) {
      close(sending.body());
    }
    Intake receiving = intake;
    intake = null;
    if (receiving != null) {
      try {
        receiving.close();
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  private void close(Spool spool) {
    try {
      spool.close();
    } catch (IOException e) {
      failed(e);
    }
  }

  /// Closes a body that is not needed any more.
  void close(ResponseBody body) {
    try {
      body.close();
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  /// Tells of a defect.
  void failed(Throwable thrown) {
    terms.failures.failed(request, thrown);
  }
}
