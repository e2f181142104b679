package usher.http.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.RefusalHook;

/// Writes a line for each request, in the combined format that Apache made common:
///
/// `host - user [time] "request line" status bytes "referer" "user agent"`, and with [#withLatency]
/// the microseconds from the head of the request to its response at the end, and with
/// [#withQueueTime] behind them those that it waited for its handler's thread.
/// - The time is that of the request's head. `bytes` is the length of the response's body as it is
///   announced, `-` where it is none or not known; what became of it on its way is not known here.
/// - What was thrown counts with its status, or as `500`.
/// - What is refused before its handler is called (a malformed request, a body that is too large, a
///   server that is too busy) is logged where this is given to
///   [usher.http.HttpProtocol#withRefusals] as well; a request line that was not understood is `-`.
/// - Not logged: requests whose connection is lost before their answer.
///
/// What comes from the client is escaped so that it ends neither a field nor a line: `\"`, `\\`,
/// and `\xhh` for control characters and all above ASCII.
///
/// Lines are handed over by the thread that answers, a loop's included: whoever takes them must be
/// quick. What it throws goes to the system's log, and the answer goes out. Immutable but for a
/// cache.
public final class AccessLog implements Filter, RefusalHook {
  private static final System.Logger FAILURES = System.getLogger("usher.http");

  private final Consumer<String> lines;
  private final InstantSource wall;
  private final DateTimeFormatter format;
  private final Function<HttpRequest, @Nullable String> user;
  private final @Nullable LongSupplier nanos;
  private final boolean queueTime;

  /// Replaced as a whole when its second is over.
  private volatile Second latest = new Second(Long.MIN_VALUE, "");

  private record Second(long second, String text) {}

  private AccessLog(
      Consumer<String> lines,
      InstantSource wall,
      DateTimeFormatter format,
      Function<HttpRequest, @Nullable String> user,
      @Nullable LongSupplier nanos,
      boolean queueTime) {
    this.lines = lines;
    this.wall = wall;
    this.format = format;
    this.user = user;
    this.nanos = nanos;
    this.queueTime = queueTime;
  }

  /// A log with times in UTC, no users, no latency.
  ///
  /// @param lines takes each line, without its end; called by many threads at once
  public static AccessLog to(Consumer<String> lines) {
    return new AccessLog(
        lines, InstantSource.system(), format(ZoneOffset.UTC), request -> null, null, false);
  }

  /// A log with times in UTC, no users, no latency.
  ///
  /// @param out each line is appended with one call, its end included, under the lock of this
  ///   object
  public static AccessLog to(Appendable out) {
    return to(
        line -> {
          synchronized (out) {
            try {
              out.append(line + "\n");
            } catch (IOException thrown) {
              throw new UncheckedIOException(thrown);
            }
          }
        });
  }

  private static DateTimeFormatter format(ZoneId zone) {
    return DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH).withZone(zone);
  }

  /// This log with another clock.
  public AccessLog withWall(InstantSource value) {
    return new AccessLog(lines, value, format, user, nanos, queueTime);
  }

  /// This log with times in another zone.
  public AccessLog withZone(ZoneId zone) {
    return new AccessLog(lines, wall, format(zone), user, nanos, queueTime);
  }

  /// This log with users.
  ///
  /// @param value who a request is from, once that has been checked, or null
  public AccessLog withUser(Function<HttpRequest, @Nullable String> value) {
    return new AccessLog(lines, wall, format, value, nanos, queueTime);
  }

  /// This log with the latency at the end of each line.
  ///
  /// @param value nanoseconds that never run backwards
  public AccessLog withLatency(LongSupplier value) {
    return new AccessLog(lines, wall, format, user, value, queueTime);
  }

  /// This log with the queue time at the very end of each line: microseconds that the request has
  /// waited for its handler's thread, see [HttpRequest#waited]. `-` where the handler was not
  /// called.
  public AccessLog withQueueTime() {
    return new AccessLog(lines, wall, format, user, nanos, true);
  }

  @Override
  public HttpHandler apply(HttpHandler inner) {
    return new Filtered(inner, Line::new);
  }

  @Override
  public void refused(HttpRequest request, int status) {
    new Line(request).write(status, -1);
  }

  /// A line to be.
  private final class Line implements Passage {
    private final HttpRequest request;
    private final long wallSecond = Math.floorDiv(wall.millis(), 1_000L);
    private long waited = -1;
    private final long begun = nanos == null ? 0 : nanos.getAsLong();

    Line(HttpRequest request) {
      this.request = request;
    }

    @Override
    public HttpRequest request() {
      return request;
    }

    @Override
    public void entered(HttpRequest whole) {
      waited = whole.waited();
    }

    @Override
    public HttpResponse answered(HttpResponse response) {
      write(response.status(), response.body().length());
      return response;
    }

    @Override
    public Exception failed(Exception thrown) {
      write(thrown instanceof HttpException refusal ? refusal.status() : 500, -1);
      return thrown;
    }

    private void write(int status, long bytes) {
      try {
        lines.accept(text(status, bytes));
      } catch (RuntimeException thrown) {
        FAILURES.log(System.Logger.Level.WARNING, "a line of the access log is lost", thrown);
      }
    }

    private String text(int status, long bytes) {
      var line = new StringBuilder(160);
      bare(line, request.peer().host());
      line.append(" - ");
      bare(line, user.apply(request));
      line.append(" [").append(time(wallSecond)).append("] ");
      quoted(
          line,
          request.method().equals("-")
              ? null
              : request.method() + " " + request.target().raw() + " " + request.version());
      line.append(' ').append(status).append(' ');
      line.append(bytes > 0 && !request.method().equals("HEAD") ? Long.toString(bytes) : "-");
      line.append(' ');
      quoted(line, request.header("Referer"));
      line.append(' ');
      quoted(line, request.header("User-Agent"));
      if (nanos != null) {
        line.append(' ').append((nanos.getAsLong() - begun) / 1_000);
      }
      if (queueTime) {
        line.append(' ').append(waited < 0 ? "-" : Long.toString(waited / 1_000));
      }
      return line.toString();
    }
  }

  private String time(long second) {
    Second last = latest;
    if (last.second != second) {
      last = new Second(second, format.format(Instant.ofEpochSecond(second)));
      latest = last;
    }
    return last.text;
  }

  private static void bare(StringBuilder line, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      line.append('-');
    } else {
      escape(line, text, ' ');
    }
  }

  private static void quoted(StringBuilder line, @Nullable String text) {
    line.append('"');
    if (text == null) {
      line.append('-');
    } else {
      escape(line, text, (char) 0x1f);
    }
    line.append('"');
  }

  /// @param most the last of the characters below the printable ones
  private static void escape(StringBuilder line, String text, char most) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c > most && c < 0x7f) {
        line.append(c);
      } else if (c <= 0xff) {
        line.append("\\x")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      }
    }
  }
}
