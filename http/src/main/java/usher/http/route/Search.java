package usher.http.route;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import usher.http.Percent;

/// One walk through the tree. Visits each node at most once, so it costs no more than the tree is
/// large, whatever the path.
final class Search {
  private final String path;
  private final String method;

  /// Where each parameter begins and ends in the path.
  final int[] captured;

  /// The methods of routes whose path fits, for `Allow`; null while there is none.
  @Nullable Set<String> allowed;

  /// @param path the raw path, which begins with `/`
  /// @param parameters the most that any route has
  Search(String path, String method, int parameters) {
    this.path = path;
    this.method = method;
    this.captured = new int[2 * parameters];
  }

  /// The first route that fits, in order of precedence.
  @Nullable Route from(Node root) {
    return find(root, 1, 0);
  }

  /// @param start where the next segment begins, beyond the end where the path is at its end
  /// @param count of the parameters captured so far
  private @Nullable Route find(Node node, int start, int count) {
    if (start > path.length()) {
      return pick(node.ends);
    }
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    Node literal = literal(node, start, end);
    if (literal != null) {
      Route found = find(literal, end + 1, count);
      if (found != null) {
        return found;
      }
    }
    if (node.parameter != null && end > start) {
      capture(count, start, end);
      Route found = find(node.parameter, end + 1, count + 1);
      if (found != null) {
        return found;
      }
    }
    if (node.rests.length == 0) {
      return null;
    }
    capture(count, start, path.length());
    return pick(node.rests);
  }

  private @Nullable Node literal(Node node, int start, int end) {
    int percent = path.indexOf('%', start);
    if (percent < 0 || percent >= end) {
      return node.child(path, start, end);
    }
    String decoded = Percent.decode(path.substring(start, end));
    return node.child(decoded, 0, decoded.length());
  }

  private void capture(int index, int start, int end) {
    captured[2 * index] = start;
    captured[2 * index + 1] = end;
  }

  /// The route for the method: its own, then that of `GET` for `HEAD`, then that of any method.
  private @Nullable Route pick(Route[] routes) {
    Route get = null;
    Route any = null;
    for (Route route : routes) {
      String its = route.method();
      if (its == null) {
        any = route;
      } else if (its.equals(method)) {
        return route;
      } else if (its.equals("GET") && method.equals("HEAD")) {
        get = route;
      }
    }
    Route picked = get == null ? any : get;
    if (picked == null) {
      allow(routes);
    }
    return picked;
  }

  private void allow(Route[] routes) {
    Set<String> all = allowed;
    for (Route route : routes) {
      if (all == null) {
        all = new HashSet<>();
        allowed = all;
      }
      String its = route.method();
      if (its != null) {
        all.add(its);
      }
    }
  }
}
