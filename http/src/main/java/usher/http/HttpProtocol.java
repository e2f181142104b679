package usher.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import usher.http.spool.FileSpool;
import usher.http.spool.Spool;
import usher.session.Opening;
import usher.session.Protocol;
import usher.session.Session;

/// HTTP/1.1 and 1.0 (RFC 9110, RFC 9112) for one handler. Immutable but for a cache; the `with`
/// methods give copies.
public final class HttpProtocol implements Protocol {
  private static final byte[] BUSY =
      """
      HTTP/1.1 503 Service Unavailable\r
      Retry-After: 1\r
      Connection: close\r
      Content-Type: text/plain; charset=utf-8\r
      Content-Length: 49\r
      \r
      503 Service Unavailable: the server is too busy.
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final HttpHandler handler;
  private final @Nullable String server;
  private final ErrorPages errorPages;
  private final FailureHook failures;
  private final RefusalHook refusals;
  private final Spool.Opener spools;

  /// Of the server that opened a session last; nearly always the only one.
  private volatile @Nullable Terms terms;

  private HttpProtocol(
      HttpHandler handler,
      @Nullable String server,
      ErrorPages errorPages,
      FailureHook failures,
      RefusalHook refusals,
      Spool.Opener spools) {
    this.handler = handler;
    this.server = server;
    this.errorPages = errorPages;
    this.failures = failures;
    this.refusals = refusals;
    this.spools = spools;
  }

  /// HTTP for this handler, without a `Server` header, with plain error pages, failures written to
  /// the system's log, and large bodies in the system's temporary folder.
  public static HttpProtocol of(HttpHandler handler) {
    Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    return new HttpProtocol(
        handler,
        null,
        ErrorPages.PLAIN,
        FailureHook.LOG,
        RefusalHook.NONE,
        () -> FileSpool.in(folder));
  }

  /// This protocol with a `Server` header.
  ///
  /// @throws IllegalArgumentException where the value may not be sent
  public HttpProtocol withServer(String value) {
    FieldList _ = FieldList.of("Server", value);
    return new HttpProtocol(handler, value, errorPages, failures, refusals, spools);
  }

  /// This protocol with other error pages.
  public HttpProtocol withErrorPages(ErrorPages value) {
    return new HttpProtocol(handler, server, value, failures, refusals, spools);
  }

  /// This protocol with another place to tell failures.
  public HttpProtocol withFailures(FailureHook value) {
    return new HttpProtocol(handler, server, errorPages, value, refusals, spools);
  }

  /// This protocol with somebody to tell of requests that are refused before they reach the
  /// handler.
  public HttpProtocol withRefusals(RefusalHook value) {
    return new HttpProtocol(handler, server, errorPages, failures, value, spools);
  }

  /// This protocol with another folder for large bodies while they are received and read.
  public HttpProtocol withBodyFolder(Path folder) {
    return withSpools(() -> FileSpool.in(folder));
  }

  HttpProtocol withSpools(Spool.Opener value) {
    return new HttpProtocol(handler, server, errorPages, failures, refusals, value);
  }

  HttpHandler handler() {
    return handler;
  }

  @Nullable String server() {
    return server;
  }

  ErrorPages errorPages() {
    return errorPages;
  }

  FailureHook failures() {
    return failures;
  }

  RefusalHook refusals() {
    return refusals;
  }

  Spool.Opener spools() {
    return spools;
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public Session open(Opening opening) {
    Terms latest = terms;
    if (latest == null || !latest.serve(opening)) {
      latest = new Terms(this, opening.limits(), opening.timeouts(), opening.wall());
      terms = latest;
    }
    return new HttpSession(latest, opening.peer());
  }

  @Override
  public ByteBuffer busy() {
    return ByteBuffer.wrap(BUSY.clone());
  }
}
