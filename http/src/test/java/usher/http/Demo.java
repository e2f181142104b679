package usher.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import usher.session.Overload;
import usher.session.Step;

/// The handlers that the transcripts talk to; `docs/transcripts/http/README.md` lists them.
final class Demo implements HttpHandler {
  /// Failures that were told, for the tests.
  final List<Throwable> failures = new ArrayList<>();

  /// Requests that reached a handler, for the tests.
  final List<HttpRequest> requests = new ArrayList<>();

  HttpProtocol protocol() {
    return HttpProtocol.of(this).withFailures((_, thrown) -> failures.add(thrown));
  }

  @Override
  public Step.Kind kind() {
    return Step.Kind.INLINE;
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    throw new AssertionError("only leaves are called");
  }

  @Override
  public Routed route(HttpRequest head) {
    HttpHandler leaf =
        switch (head.path()) {
          case "/hello" -> HttpHandler.inline(_ -> HttpResponse.text("Hello, World!\n"));
          case "/echo" -> r -> HttpResponse.bytes("application/octet-stream", r.body().bytes());
          case "/later" ->
              HttpHandler.async(
                  r -> CompletableFuture.completedStage(HttpResponse.text(r.body().text())));
          case "/stream" ->
              _ -> HttpResponse.of("text/plain", new Lines("one\n", "two\n", "three\n"));
          case "/sized" ->
              _ -> HttpResponse.of("text/plain", new Lines(14, "one\n", "two\n", "three\n"));
          case "/short" -> _ -> HttpResponse.of("text/plain", new Lines(20, "one\n"));
          case "/broken" -> _ -> HttpResponse.of("text/plain", new Lines("one\n", ""));
          case "/parts" ->
              _ ->
                  HttpResponse.of(
                      "text/plain",
                      new ResponseBody.Sequence(
                          List.of(
                              bytes("first "),
                              new ResponseBody.Sequence(
                                  List.of(bytes(""), ResponseBody.Empty.EMPTY)),
                              new Lines(7, "second "),
                              bytes("third\n"))));
          case "/fail" ->
              _ -> {
                throw new IllegalStateException("a defect");
              };
          case "/null" -> new Nothing();
          case "/forbidden" ->
              _ -> {
                throw new HttpException(403, "not for you");
              };
          case "/busy" ->
              _ -> {
                throw new Overload("full");
              };
          case "/nothing" ->
              _ -> HttpResponse.text("not sent").withStatus(204).header("Content-Length", "8");
          case "/unchanged" ->
              _ -> HttpResponse.text("not sent").withStatus(304).header("Content-Length", "8");
          case "/reset" -> _ -> HttpResponse.text("not sent").withStatus(205);
          case "/claims" -> _ -> HttpResponse.status(200).header("content-length", "14");
          case "/wrong" -> _ -> HttpResponse.text("four").header("Content-Length", "99");
          case "/bye" -> _ -> HttpResponse.text("bye\n").header("Connection", "close");
          case "/dated" ->
              _ ->
                  HttpResponse.status(200)
                      .header("Date", "Thu, 01 Jan 1970 00:00:00 GMT")
                      .header("Server", "old");
          case "/odd" -> _ -> HttpResponse.status(299);
          case "/unread" -> new Unread();
          case "/small" -> new Small();
          case "/request" -> HttpHandler.inline(Demo::described);
          case "/routing" -> throw new IllegalStateException("a defect in a router");
          case "*" -> HttpHandler.inline(r -> HttpResponse.status(200).header("Allow", "GET"));
          default -> throw new HttpException(404, "nothing is there");
        };
    return new Routed(new Noting(leaf), head);
  }

  private static ResponseBody bytes(String text) {
    return new ResponseBody.Bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static HttpResponse described(HttpRequest request) {
    var text = new StringBuilder();
    text.append(request).append('\n');
    text.append("path ").append(request.path()).append(", query ").append(request.query());
    text.append(", host ").append(request.host()).append('\n').append(request.headers());
    text.append('[').append(request.body().text()).append("]\n").append(request.trailers());
    return HttpResponse.bytes("text/plain", text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Keeps the requests that come through.
  private final class Noting implements HttpHandler {
    private final HttpHandler inner;

    Noting(HttpHandler inner) {
      this.inner = inner;
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws Exception {
      requests.add(request);
      return inner.handle(request);
    }

    @Override
    public CompletionStage<HttpResponse> handleAsync(HttpRequest request) throws Exception {
      requests.add(request);
      return inner.handleAsync(request);
    }

    @Override
    public Step.Kind kind() {
      return inner.kind();
    }

    @Override
    public boolean wantsBody() {
      return inner.wantsBody();
    }

    @Override
    public long bodyLimit(long serverLimit) {
      return inner.bodyLimit(serverLimit);
    }
  }

  private static final class Nothing implements HttpHandler {
    @Override
    @SuppressWarnings("NullAway") // a defect on purpose
    public HttpResponse handle(HttpRequest request) {
      return null;
    }
  }

  private static final class Unread implements HttpHandler {
    @Override
    public HttpResponse handle(HttpRequest request) {
      return HttpResponse.text("body of " + request.body().length() + "\n");
    }

    @Override
    public boolean wantsBody() {
      return false;
    }
  }

  private static final class Small implements HttpHandler {
    @Override
    public HttpResponse handle(HttpRequest request) {
      return HttpResponse.text(request.body().text());
    }

    @Override
    public long bodyLimit(long serverLimit) {
      return 4;
    }
  }

  /// Gives a line at a pull; an empty line is a failure.
  static final class Lines implements ResponseBody.Source {
    private final Iterator<String> lines;
    private final long length;
    int closed;

    Lines(String... lines) {
      this(UNKNOWN, lines);
    }

    Lines(long length, String... lines) {
      this.lines = List.of(lines).iterator();
      this.length = length;
    }

    @Override
    public int pull(ByteBuffer into) {
      if (!lines.hasNext()) {
        return -1;
      }
      String line = lines.next();
      if (line.isEmpty()) {
        throw new IllegalStateException("a source that fails");
      }
      into.put(line.getBytes(StandardCharsets.ISO_8859_1));
      return line.length();
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
