package usher.files.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import usher.files.Secret;
import usher.http.HttpException;
import usher.http.HttpRequest;

/// Who may come in: all, or who shows a secret, as user and password (RFC 7617) or as a token (RFC
/// 6750). Anyone of those that are named will do. Immutable; shows no secret.
///
/// Neither is encrypted by HTTP: without TLS around it, who listens on the way reads them.
///
/// What is shown is compared as a [Secret].
public final class Access {
  /// All may come in.
  public static final Access OPEN = new Access(List.of());

  private final List<Key> keys;

  /// @param scheme in small letters
  /// @param secret the scheme and what is shown for it
  private record Key(String scheme, Secret secret) {}

  private Access(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /// Also who shows this user's password.
  ///
  /// @param user without a colon
  public Access withPassword(String user, String password) {
    if (user.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a user's name has no colon");
    }
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return with("basic", Base64.getEncoder().encodeToString(both));
  }

  /// Also who shows this token.
  public Access withToken(String token) {
    if (!token.matches("[0-9A-Za-z._~+/-]+=*")) {
      throw new IllegalArgumentException("a token has letters, digits and -._~+/ only");
    }
    return with("bearer", token);
  }

  private Access with(String scheme, String shown) {
    List<Key> more = new ArrayList<>(keys);
    more.add(new Key(scheme, new Secret(scheme + " " + shown)));
    return new Access(more);
  }

  /// Whether a request may come in.
  boolean admits(HttpRequest request) {
    if (keys.isEmpty()) {
      return true;
    }
    List<String> shown = request.headers().all("Authorization");
    if (shown.size() != 1) {
      return false;
    }
    int space = shown.getFirst().indexOf(' ');
    if (space < 0) {
      return false;
    }
    String scheme = shown.getFirst().substring(0, space).toLowerCase(Locale.ROOT);
    String said = scheme + " " + shown.getFirst().substring(space).strip();
    boolean admitted = false;
    for (Key key : keys) {
      // All of them, in the same time.
      admitted |= key.secret.is(said);
    }
    return admitted;
  }

  /// The answer to who may not.
  HttpException challenge() {
    List<String> schemes = new ArrayList<>();
    if (keys.stream().anyMatch(key -> key.scheme.equals("basic"))) {
      schemes.add("Basic realm=\"files\", charset=\"UTF-8\"");
    }
    if (keys.stream().anyMatch(key -> key.scheme.equals("bearer"))) {
      schemes.add("Bearer realm=\"files\"");
    }
    return new HttpException(401, "this needs a password or a token")
        .withHeader("WWW-Authenticate", String.join(", ", schemes));
  }
}
