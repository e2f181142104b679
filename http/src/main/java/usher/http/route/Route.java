package usher.http.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.Percent;
import usher.http.Routed;
import usher.http.Target;

/// A handler in its place.
///
/// @param method null for any
/// @param mounted whether the handler sees the path without what the pattern has matched of it
record Route(@Nullable String method, PathPattern pattern, HttpHandler handler, boolean mounted) {
  /// The request as the handler shall see it, routed on by the handler itself.
  ///
  /// @param path the raw path
  /// @param captured where each parameter begins and ends in the path
  Routed enter(HttpRequest request, String path, int[] captured) {
    int count = mounted ? pattern.names().size() - 1 : pattern.names().size();
    HttpRequest seen = request;
    if (count > 0) {
      var parameters = new LinkedHashMap<String, String>();
      for (int i = 0; i < count; i++) {
        String raw = path.substring(captured[2 * i], captured[2 * i + 1]);
        parameters.put(pattern.names().get(i), Percent.decode(raw));
      }
      seen = seen.withParameters(Collections.unmodifiableMap(parameters));
    }
    if (mounted) {
      Target target = request.target();
      // With the slash before it.
      String rest = path.substring(captured[2 * count] - 1);
      seen =
          seen.withTarget(
              new Target(target.form(), target.raw(), target.authority(), rest, target.query()));
    }
    return handler.route(seen);
  }

  /// As it stands in messages.
  @Override
  public String toString() {
    return (method == null ? "any method" : method) + " " + pattern.text();
  }
}
