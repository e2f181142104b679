package usher.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import usher.session.Peer;

/// A request. Immutable; the `with` methods give copies.
public final class HttpRequest {
  /// The versions that are served. Later minor versions count as [#HTTP_1_1] (RFC 9110, 2.5).
  public enum Version {
    HTTP_1_0("HTTP/1.0"),
    HTTP_1_1("HTTP/1.1");

    private final String text;

    Version(String text) {
      this.text = text;
    }

    /// As it stands on the wire.
    @Override
    public String toString() {
      return text;
    }
  }

  private final String method;
  private final Target target;
  private final Version version;
  private final Headers headers;
  private final RequestBody body;
  private final Headers trailers;
  private final Peer peer;
  private final Map<String, String> parameters;

  /// Set once, before the handler is called, by the thread that calls it.
  private long waited;

  HttpRequest(
      String method,
      Target target,
      Version version,
      Headers headers,
      RequestBody body,
      Headers trailers,
      Peer peer,
      Map<String, String> parameters) {
    this.method = method;
    this.target = target;
    this.version = version;
    this.headers = headers;
    this.body = body;
    this.trailers = trailers;
    this.peer = peer;
    this.parameters = parameters;
  }

  /// A request that came over no wire, to call a handler with: HTTP/1.1, no body, no known peer.
  ///
  /// @param target as it would be sent, such as `/a%20path?query`
  /// @param namesAndValues header fields, names and values in turn
  public static HttpRequest of(String method, String target, String... namesAndValues) {
    return new HttpRequest(
        method,
        Target.of(method, target),
        Version.HTTP_1_1,
        Headers.of(namesAndValues),
        RequestBody.empty(),
        Headers.none(),
        UnknownPeer.INSTANCE,
        Map.of());
  }

  /// The method, case-sensitive, such as `GET`. Any token may come but `CONNECT`.
  public String method() {
    return method;
  }

  /// What the request is for.
  public Target target() {
    return target;
  }

  /// The path, percent-decoded once; `*` for the server as a whole. May hold any character, `/` and
  /// NUL from `%2F` and `%00` included.
  ///
  /// @throws HttpException `400` where the encoding is broken
  public String path() {
    return target.path();
  }

  /// What follows the first `?`, still encoded.
  public @Nullable String query() {
    return target.query();
  }

  /// The first value of a parameter in the query, decoded.
  ///
  /// @throws HttpException `400` where the encoding is broken
  public @Nullable String query(String name) {
    List<String> values = target.queryAll(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /// The values of a parameter in the query, decoded, in order.
  ///
  /// @throws HttpException `400` where the encoding is broken
  public List<String> queryAll(String name) {
    return target.queryAll(name);
  }

  /// The version.
  public Version version() {
    return version;
  }

  /// The header fields.
  public Headers headers() {
    return headers;
  }

  /// The value of the first header field of this name.
  public @Nullable String header(String name) {
    return headers.first(name);
  }

  /// The host that the client wants, with its port where it named one: from a target in absolute
  /// form, else from `Host` (RFC 9112, 3.2.2). Null for an HTTP/1.0 client that does not say.
  public @Nullable String host() {
    String authority = target.authority();
    return authority != null ? authority : headers.first("host");
  }

  /// The body, whole. Empty while a request is routed.
  public RequestBody body() {
    return body;
  }

  /// Whether the message came with a body, be it of no bytes. A handler that needs to be told a
  /// length answers `411` where this is false.
  public boolean hasBody() {
    return headers.has("content-length") || headers.has("transfer-encoding");
  }

  /// The fields that followed a chunked body. Never mixed into the headers (RFC 9110, 6.5.1).
  public Headers trailers() {
    return trailers;
  }

  /// Who asks.
  public Peer peer() {
    return peer;
  }

  /// For how long it has waited for the thread that its handler runs on, in nanoseconds: since its
  /// last byte came, or for the first one of a connection also while that waited for a thread. 0
  /// for inline handlers, and while it is routed.
  public long waited() {
    return waited;
  }

  void waited(long nanos) {
    waited = nanos;
  }

  /// A parameter of the path, decoded.
  ///
  /// @throws IllegalArgumentException where the route has no parameter of this name
  public String parameter(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the route has no parameter " + name + " but " + parameters.keySet());
    }
    return value;
  }

  /// The parameters of the path, decoded, in order.
  public Map<String, String> parameters() {
    return parameters;
  }

  /// This request with another method.
  public HttpRequest withMethod(String value) {
    return kept(new HttpRequest(value, target, version, headers, body, trailers, peer, parameters));
  }

  /// This request for another target.
  public HttpRequest withTarget(Target value) {
    return kept(new HttpRequest(method, value, version, headers, body, trailers, peer, parameters));
  }

  /// This request in another version.
  public HttpRequest withVersion(Version value) {
    return kept(new HttpRequest(method, target, value, headers, body, trailers, peer, parameters));
  }

  /// This request with other headers.
  public HttpRequest withHeaders(Headers value) {
    return kept(new HttpRequest(method, target, version, value, body, trailers, peer, parameters));
  }

  /// This request with this header, in place of those of the same name.
  public HttpRequest withHeader(String name, String value) {
    return withHeaders(headers.with(name, value));
  }

  /// This request with another body.
  public HttpRequest withBody(RequestBody value) {
    return withBody(value, trailers);
  }

  /// This request with another body and the trailers behind it.
  public HttpRequest withBody(RequestBody value, Headers valueTrailers) {
    return kept(
        new HttpRequest(method, target, version, headers, value, valueTrailers, peer, parameters));
  }

  /// This request from another peer.
  public HttpRequest withPeer(Peer value) {
    return kept(
        new HttpRequest(method, target, version, headers, body, trailers, value, parameters));
  }

  /// This request with these parameters of the path besides those that it has.
  public HttpRequest withParameters(Map<String, String> more) {
    Map<String, String> all = more;
    if (!parameters.isEmpty()) {
      all = new LinkedHashMap<>(parameters);
      all.putAll(more);
    }
    return kept(new HttpRequest(method, target, version, headers, body, trailers, peer, all));
  }

  private HttpRequest kept(HttpRequest copy) {
    copy.waited = waited;
    return copy;
  }

  /// The request line.
  @Override
  public String toString() {
    return method + " " + target.raw() + " " + version;
  }

  /// The peer of a request that came over no wire.
  private enum UnknownPeer implements Peer {
    INSTANCE;

    @Override
    public String remote() {
      return "unknown";
    }

    @Override
    public String host() {
      return "unknown";
    }

    @Override
    public String local() {
      return "unknown";
    }
  }
}
