package usher.http.route;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.Routed;
import usher.session.Step;

/// Picks a handler by method and path. Immutable.
///
/// ```
/// Router.builder()
///     .get("/users/{id}", users::show)
///     .post("/users", users::add)
///     .get("/files/{path...}", files::send)
///     .mount("/static", Site.of(folder))
///     .build()
/// ```
///
/// Paths are those of [Builder#on]. The path of a request is cut at each `/` and then decoded, so a
/// `%2F` never ends a segment; `.` and `..` are names like any other and are not resolved.
///
/// Where several routes fit, literal text comes before a parameter and a parameter before the rest
/// of the path, from left to right: `/users/new` before `/users/{id}` before `/users/{rest...}`,
/// and `/{a}/b` after `/x/{rest...}`. A route fits if its method does too, so `GET /users/new`
/// reaches `/users/{id}` where `/users/new` takes only `POST`. Of routes with the same path, the
/// request's own method comes first, then `GET` for `HEAD`, then any method.
/// - No path fits: `404`, or [Builder#otherwise].
/// - Paths fit but no method: `405` with `Allow`, and for `OPTIONS` `204` with `Allow`.
///
/// The handler that is picked is asked to route in its turn, so routers, sites and filters may be
/// put into each other. Called without being routed it does both at once, and may block.
public final class Router implements HttpHandler {
  private final Node root;
  private final int parameters;
  private final Set<String> methods;
  private final HttpHandler otherwise;

  private Router(Node root, int parameters, Set<String> methods, HttpHandler otherwise) {
    this.root = root;
    this.parameters = parameters;
    this.methods = methods;
    this.otherwise = otherwise;
  }

  /// A router to be set up.
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Routed route(HttpRequest head) {
    String path = head.target().rawPath();
    if (!path.startsWith("/")) {
      return path.equals("*") ? new Routed(options(methods), head) : none(head);
    }
    var search = new Search(path, head.method(), parameters);
    Route found = search.from(root);
    if (found != null) {
      return found.enter(head, path, search.captured);
    }
    Set<String> allowed = search.allowed;
    if (allowed == null) {
      return none(head);
    }
    if (head.method().equals("OPTIONS")) {
      return new Routed(options(allowed), head);
    }
    String allow = allow(allowed);
    return new Routed(
        new Verdict(
            request -> {
              throw new HttpException(405, request.method() + " is not for this place")
                  .withHeader("Allow", allow);
            }),
        head);
  }

  private Routed none(HttpRequest head) {
    return otherwise.route(head);
  }

  private static HttpHandler options(Set<String> allowed) {
    HttpResponse response = HttpResponse.status(204).header("Allow", allow(allowed));
    return new Verdict(request -> response);
  }

  private static String allow(Set<String> methods) {
    var allowed = new TreeSet<>(methods);
    if (methods.contains("GET")) {
      allowed.add("HEAD");
    }
    allowed.add("OPTIONS");
    return String.join(", ", allowed);
  }

  /// An answer of the router's own: at once, whatever the body.
  private record Verdict(HttpHandler inner) implements HttpHandler {
    @Override
    public HttpResponse handle(HttpRequest request) throws Exception {
      return inner.handle(request);
    }

    @Override
    public Step.Kind kind() {
      return Step.Kind.INLINE;
    }

    @Override
    public boolean wantsBody() {
      return false;
    }
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws Exception {
    Routed routed = route(request);
    return routed.handler().handle(routed.request());
  }

  @Override
  public CompletionStage<HttpResponse> handleAsync(HttpRequest request) throws Exception {
    Routed routed = route(request);
    return routed.handler().handleAsync(routed.request());
  }

  /// Sets up a router.
  public static final class Builder {
    private final Node.Sapling root = new Node.Sapling();
    private final Set<String> methods = new TreeSet<>();
    private int parameters;
    private HttpHandler otherwise =
        new Verdict(
            request -> {
              throw new HttpException(404, "there is nothing at this place");
            });

    private Builder() {}

    /// A handler for `GET`, and `HEAD` where that has none of its own.
    public Builder get(String path, HttpHandler handler) {
      return on("GET", path, handler);
    }

    /// A handler for `POST`.
    public Builder post(String path, HttpHandler handler) {
      return on("POST", path, handler);
    }

    /// A handler for `PUT`.
    public Builder put(String path, HttpHandler handler) {
      return on("PUT", path, handler);
    }

    /// A handler for `PATCH`.
    public Builder patch(String path, HttpHandler handler) {
      return on("PATCH", path, handler);
    }

    /// A handler for `DELETE`.
    public Builder delete(String path, HttpHandler handler) {
      return on("DELETE", path, handler);
    }

    /// A handler for a method.
    ///
    /// @param path `/` and segments: literal text, not percent-encoded; `{name}` for one segment of
    ///   at least a character; as the last one `{name...}` for the rest of the path, be it empty
    /// @throws IllegalArgumentException where this is no path, or a route for the same requests
    ///   exists
    public Builder on(String method, String path, HttpHandler handler) {
      checkMethod(method);
      methods.add(method);
      return add(new Route(method, PathPattern.of(path), handler, false));
    }

    /// A handler for every method that has none of its own at this path.
    public Builder any(String path, HttpHandler handler) {
      return add(new Route(null, PathPattern.of(path), handler, false));
    }

    /// Puts a handler under a prefix, for all methods. It sees the path without the prefix: `/a`
    /// for `/prefix/a`. The prefix without its slash is redirected to the one with it.
    ///
    /// @param prefix without a slash at its end, or just `/`; may have parameters
    public Builder mount(String prefix, HttpHandler handler) {
      if (prefix.length() > 1 && prefix.endsWith("/")) {
        throw new IllegalArgumentException("a prefix ends without /, unlike \"" + prefix + "\"");
      }
      String rest = prefix.equals("/") ? "/{rest...}" : prefix + "/{rest...}";
      if (prefix.length() > 1) {
        any(prefix, new Verdict(Builder::addSlash));
      }
      return add(new Route(null, PathPattern.of(rest), handler, true));
    }

    private static HttpResponse addSlash(HttpRequest request) {
      // Relative, since this router may be mounted as well.
      String path = request.target().rawPath();
      String query = request.query();
      return HttpResponse.redirect(
          308,
          "." + path.substring(path.lastIndexOf('/')) + "/" + (query == null ? "" : "?" + query));
    }

    /// What answers where no path fits, in place of `404`.
    public Builder otherwise(HttpHandler handler) {
      otherwise = handler;
      return this;
    }

    private Builder add(Route route) {
      root.add(route);
      parameters = Math.max(parameters, route.pattern().names().size());
      return this;
    }

    private static void checkMethod(String method) {
      if (method.isEmpty() || !method.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',')) {
        throw new IllegalArgumentException("not a method: \"" + method + "\"");
      }
    }

    /// The router.
    public Router build() {
      return new Router(root.grown(), parameters, Set.copyOf(methods), otherwise);
    }
  }
}
