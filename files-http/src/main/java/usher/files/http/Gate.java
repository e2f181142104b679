package usher.files.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import usher.http.HttpException;
import usher.http.HttpRequest;

/// What is checked of every request before anything else is done:
/// - who asks, by [Access];
/// - that no other site's page asks to change anything in the name of who looks at it. Browsers say
///   where a request comes from, by `Sec-Fetch-Site` or at least by `Origin`; what comes with
///   neither is no browser's, and has shown itself who it is.
///
/// A browser that believes a name to be this server's which is somebody else's (DNS rebinding)
/// takes that page for one of ours: who listens for other than trusted networks should ask for a
/// password.
///
/// Called by the connection's owner: touches nothing but the head.
record Gate(Access access) {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  /// What to answer at once, or null for who may go on.
  @Nullable HttpException refusal(HttpRequest head) {
    if (!access.admits(head)) {
      return access.challenge();
    }
    if (!SAFE.contains(head.method()) && foreign(head)) {
      return new HttpException(403, "another site's page may not change anything here");
    }
    return null;
  }

  private static boolean foreign(HttpRequest head) {
    String site = head.headers().joined("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    String origin = head.headers().joined("Origin");
    if (origin == null) {
      return false;
    }
    String host = head.host();
    int authority = origin.indexOf("://");
    // The scheme is not known here: a proxy may speak TLS for us.
    return host == null || authority < 0 || !origin.substring(authority + 3).equalsIgnoreCase(host);
  }
}
