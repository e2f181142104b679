package usher.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import usher.http.spool.Spool;
import usher.session.Limits;
import usher.session.Opening;
import usher.session.Timeouts;

/// What all sessions of one protocol on one server have in common, so that each holds one
/// reference.
final class Terms {
  final HttpHandler handler;
  final ErrorPages errorPages;
  final FailureHook failures;
  private final RefusalHook refusals;
  final Spool.Opener spools;
  final Limits limits;
  private final Timeouts timeouts;
  private final InstantSource wall;

  /// Nanoseconds.
  final long headTime;

  final long idleTime;
  final long bodyGrace;

  /// Bytes a second.
  final int bodyRate;

  private final byte[] server;

  /// Replaced as a whole when its second is over.
  private volatile Stamp stamp = new Stamp(Long.MIN_VALUE, new byte[0]);

  /// The line of `Date` for one second.
  private static final class Stamp {
    private final long second;
    private final byte[] line;

    Stamp(long second, byte[] line) {
      this.second = second;
      this.line = line;
    }
  }

  Terms(HttpProtocol protocol, Limits limits, Timeouts timeouts, InstantSource wall) {
    this.handler = protocol.handler();
    this.errorPages = protocol.errorPages();
    this.failures = protocol.failures();
    this.refusals = protocol.refusals();
    this.spools = protocol.spools();
    this.limits = limits;
    this.timeouts = timeouts;
    this.wall = wall;
    this.headTime = timeouts.head().toNanos();
    this.idleTime = timeouts.idle().toNanos();
    this.bodyGrace = timeouts.bodyGrace().toNanos();
    this.bodyRate = timeouts.bodyRate();
    this.server = serverLine(protocol.server());
  }

  /// Whether these are the terms for a connection that opens so.
  boolean serve(Opening opening) {
    return limits.equals(opening.limits())
        && timeouts.equals(opening.timeouts())
        && wall.equals(opening.wall());
  }

  private static byte[] serverLine(@Nullable String server) {
    return server == null ? new byte[0] : ascii("Server: " + server + "\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The line of `Date`, as of now.
  byte[] date() {
    long second = Math.floorDiv(wall.millis(), 1_000L);
    Stamp latest = stamp;
    if (latest.second != second) {
      // Threads that come here at once make the same line.
      String date = HttpDate.format(Instant.ofEpochSecond(second));
      latest = new Stamp(second, ascii("Date: " + date + "\r\n"));
      stamp = latest;
    }
    return latest.line;
  }

  /// The line of `Server`, or nothing.
  byte[] server() {
    return server;
  }

  /// Tells of a request that is not taken.
  void refused(HttpRequest request, int status) {
    try {
      refusals.refused(request, status);
    } catch (RuntimeException thrown) {
      failures.failed(request, thrown);
    }
  }

  /// The answer to what went wrong.
  HttpResponse page(int status, @Nullable String message) {
    String text = message == null ? "" : message;
    HttpResponse page;
    try {
      page = errorPages.page(status, text).withStatus(status);
    } catch (RuntimeException thrown) {
      failures.failed(HttpRequest.of("-", "/"), thrown);
      page = ErrorPages.PLAIN.page(status, text);
    }
    return status == 503 ? page.header("Retry-After", "1") : page;
  }
}
