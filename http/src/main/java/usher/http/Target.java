package usher.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.http.wire.Authority;

/// What a request is for (RFC 9112, 3.2). Immutable.
///
/// @param form how the target was written
/// @param raw the target as it was written
/// @param authority host and port of a target in absolute form
/// @param rawPath the path, still percent-encoded; `*` in asterisk form
/// @param query what follows the first `?`, still encoded
public record Target(
    Form form, String raw, @Nullable String authority, String rawPath, @Nullable String query) {
  /// The ways to write a target. The authority form belongs to `CONNECT`, which is not served.
  public enum Form {
    /// `/path?query`
    ORIGIN,
    /// `http://host:port/path?query`
    ABSOLUTE,
    /// `*`, the server as a whole, for `OPTIONS` only
    ASTERISK
  }

  /// Reads a target.
  ///
  /// @param method the request's method, since `*` is for `OPTIONS` only
  /// @throws HttpException `400` where it is none of the forms
  public static Target of(String method, String raw) {
    if (!raw.isEmpty() && raw.charAt(0) == '/') {
      int mark = raw.indexOf('?');
      return mark < 0
          ? new Target(Form.ORIGIN, raw, null, raw, null)
          : new Target(Form.ORIGIN, raw, null, raw.substring(0, mark), raw.substring(mark + 1));
    }
    if (raw.equals("*")) {
      if (!method.equals("OPTIONS")) {
        throw new HttpException(400, "the target * is for OPTIONS only");
      }
      return new Target(Form.ASTERISK, raw, null, raw, null);
    }
    return absolute(method, raw);
  }

  private static Target absolute(String method, String raw) {
    int start;
    if (raw.regionMatches(true, 0, "http://", 0, 7)) {
      start = 7;
    } else if (raw.regionMatches(true, 0, "https://", 0, 8)) {
      start = 8;
    } else {
      throw new HttpException(400, "the target is neither a path nor an http URI");
    }
    int end = start;
    while (end < raw.length() && raw.charAt(end) != '/' && raw.charAt(end) != '?') {
      end++;
    }
    String authority = raw.substring(start, end);
    // An empty host and user information are errors in an http URI (RFC 9110, 4.2.1 and 4.2.4).
    if (authority.isEmpty() || authority.startsWith(":") || !Authority.isValid(authority)) {
      throw new HttpException(400, "the target's host is not valid");
    }
    int mark = raw.indexOf('?', end);
    String path = raw.substring(end, mark < 0 ? raw.length() : mark);
    String query = mark < 0 ? null : raw.substring(mark + 1);
    if (path.isEmpty()) {
      // RFC 9112, 3.2.4: a proxy's way to say `*`.
      path = method.equals("OPTIONS") && query == null ? "*" : "/";
    }
    return new Target(Form.ABSOLUTE, raw, authority, path, query);
  }

  /// The path, percent-decoded once. May hold any character, `/` and NUL from `%2F` and `%00`
  /// included.
  ///
  /// @throws HttpException `400` where the encoding is broken
  public String path() {
    return Percent.decode(rawPath);
  }

  /// The values of a parameter in the query, decoded as a form is, in order.
  ///
  /// @throws HttpException `400` where the encoding is broken
  public List<String> queryAll(String name) {
    var values = new ArrayList<String>();
    String rest = query;
    if (rest == null) {
      return values;
    }
    int start = 0;
    while (start <= rest.length()) {
      int end = rest.indexOf('&', start);
      if (end < 0) {
        end = rest.length();
      }
      int equals = rest.indexOf('=', start);
      if (equals < 0 || equals > end) {
        equals = end;
      }
      if (end > start && Percent.decodeForm(rest.substring(start, equals)).equals(name)) {
        values.add(Percent.decodeForm(rest.substring(Math.min(equals + 1, end), end)));
      }
      start = end + 1;
    }
    return values;
  }
}
