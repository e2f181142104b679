package usher.http.route;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// Lets pages of other origins use a handler (Fetch, 3.2: the CORS protocol).
/// - A preflight (`OPTIONS` with `Origin` and `Access-Control-Request-Method`) is answered here
///   with `204`; what is asked for and not allowed gets no permission, which is how a browser is
///   told no.
/// - Other requests go on whoever they are from, since this protects browsers' users, not the
///   server; the response to an allowed origin says so, an [HttpException] included. Any other
///   throw becomes a `500` that says nothing.
/// - Where not every origin is allowed, the answers say `Vary: Origin`, also to requests without
///   one, so that caches keep them apart.
///
/// Origins are compared exactly, as browsers write them: scheme, host and port, no path, such as
/// `https://example.org`. The origin `null` is allowed only where it is named, and anyone can have
/// it. Immutable; the `with` methods give copies.
public final class Cors implements Filter {
  private final boolean anyOrigin;
  private final Set<String> origins;
  private final Set<String> methods;
  private final Set<String> headers;
  private final String exposed;
  private final boolean credentials;
  private final Duration maxAge;

  private Cors(
      boolean anyOrigin,
      Set<String> origins,
      Set<String> methods,
      Set<String> headers,
      String exposed,
      boolean credentials,
      Duration maxAge) {
    if (anyOrigin && credentials) {
      // Else any page could act as whoever is logged in.
      throw new IllegalArgumentException("credentials need origins that are named");
    }
    this.anyOrigin = anyOrigin;
    this.origins = origins;
    this.methods = methods;
    this.headers = headers;
    this.exposed = exposed;
    this.credentials = credentials;
    this.maxAge = maxAge;
  }

  private static Cors standard(boolean any, Set<String> origins) {
    Set<String> methods = Set.of("GET", "HEAD", "POST");
    return new Cors(any, origins, methods, Set.of(), "", false, Duration.ofMinutes(10));
  }

  /// Allows every origin to `GET`, `HEAD` and `POST`, without credentials.
  public static Cors anyOrigin() {
    return standard(true, Set.of());
  }

  /// Allows these origins to `GET`, `HEAD` and `POST`, without credentials.
  ///
  /// @throws IllegalArgumentException where one is no origin
  public static Cors origins(String... origins) {
    for (String origin : origins) {
      if (!origin.equals("null") && !origin.matches("[a-z][a-z0-9+.-]*://[^/?#@\\s,]+")) {
        throw new IllegalArgumentException(
            "not an origin: \"" + origin + "\", which should be like https://example.org");
      }
    }
    return standard(false, Set.of(origins));
  }

  /// Allows these methods, and no others.
  public Cors withMethods(String... values) {
    return new Cors(anyOrigin, origins, Set.of(values), headers, exposed, credentials, maxAge);
  }

  /// Allows requests to have these headers, besides the harmless ones that browsers do not ask
  /// about.
  public Cors withHeaders(String... values) {
    Set<String> lower =
        List.of(values).stream()
            .map(value -> value.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    return new Cors(anyOrigin, origins, methods, lower, exposed, credentials, maxAge);
  }

  /// Lets pages read these headers of responses, besides the harmless ones.
  public Cors withExposed(String... values) {
    String list = String.join(", ", values);
    return new Cors(anyOrigin, origins, methods, headers, list, credentials, maxAge);
  }

  /// Lets pages send cookies and logins along.
  ///
  /// @throws IllegalArgumentException where every origin is allowed
  public Cors withCredentials() {
    return new Cors(anyOrigin, origins, methods, headers, exposed, true, maxAge);
  }

  /// How long a browser may remember the answer to a preflight. 10 minutes as it stands.
  public Cors withMaxAge(Duration value) {
    return new Cors(anyOrigin, origins, methods, headers, exposed, credentials, value);
  }

  @Override
  public HttpHandler apply(HttpHandler inner) {
    return new Filtered(inner, Crossing::new);
  }

  private boolean allows(@Nullable String origin) {
    return origin != null && (anyOrigin || origins.contains(origin));
  }

  private final class Crossing implements Passage {
    private final HttpRequest request;
    private final @Nullable String origin;

    Crossing(HttpRequest request) {
      this.request = request;
      this.origin = request.header("Origin");
    }

    @Override
    public HttpRequest request() {
      return request;
    }

    @Override
    public @Nullable HttpResponse instead() {
      String method = request.header("Access-Control-Request-Method");
      if (!request.method().equals("OPTIONS") || origin == null || method == null) {
        return null;
      }
      HttpResponse answer =
          HttpResponse.status(204)
              .header(
                  "Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
      if (!allows(origin) || !methods.contains(method) || !headersAllowed()) {
        return answer;
      }
      answer =
          answer
              .header("Access-Control-Allow-Origin", anyOrigin ? "*" : origin)
              .header("Access-Control-Allow-Methods", String.join(", ", new TreeSet<>(methods)))
              .header("Access-Control-Max-Age", Long.toString(maxAge.toSeconds()));
      if (!headers.isEmpty()) {
        answer =
            answer.header(
                "Access-Control-Allow-Headers", String.join(", ", new TreeSet<>(headers)));
      }
      return credentials ? answer.header("Access-Control-Allow-Credentials", "true") : answer;
    }

    private boolean headersAllowed() {
      String wanted = request.headers().joined("Access-Control-Request-Headers");
      if (wanted == null) {
        return true;
      }
      for (String name : wanted.split(",", -1)) {
        String bare = name.strip().toLowerCase(Locale.ROOT);
        if (!bare.isEmpty() && !headers.contains(bare)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public HttpResponse answered(HttpResponse response) {
      HttpResponse answer = anyOrigin ? response : response.addHeader("Vary", "Origin");
      if (origin == null || !allows(origin)) {
        return answer;
      }
      answer = answer.header("Access-Control-Allow-Origin", anyOrigin ? "*" : origin);
      if (credentials) {
        answer = answer.header("Access-Control-Allow-Credentials", "true");
      }
      return exposed.isEmpty() ? answer : answer.header("Access-Control-Expose-Headers", exposed);
    }

    @Override
    public Exception failed(Exception thrown) {
      if (!(thrown instanceof HttpException refusal)) {
        return thrown;
      }
      HttpException answer = refusal;
      for (var field : answered(HttpResponse.status(refusal.status())).headers()) {
        answer = answer.withHeader(field.name(), field.value());
      }
      return answer;
    }
  }
}
