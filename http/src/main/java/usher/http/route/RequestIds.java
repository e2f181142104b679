package usher.http.route;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// Gives each request a name that can be followed through logs: the one that came in `X-Request-Id`
/// if it is harmless, else a fresh one. What lies within sees it in the request's `X-Request-Id`;
/// the response has it, and so has an [HttpException].
///
/// Harmless is: at most [#MOST] characters, letters, digits and `-._~+/=:@`. Immutable.
public final class RequestIds implements Filter {
  /// The header.
  public static final String HEADER = "X-Request-Id";

  /// Characters of a name from outside.
  public static final int MOST = 128;

  private final Supplier<String> fresh;

  private RequestIds(Supplier<String> fresh) {
    this.fresh = fresh;
  }

  /// Names of 32 random hexadecimal digits. No secrets: they can be guessed.
  public static RequestIds random() {
    return of(
        () -> {
          ThreadLocalRandom random = ThreadLocalRandom.current();
          HexFormat hex = HexFormat.of();
          return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
        });
  }

  /// Names from this source, which is called by many threads at once.
  public static RequestIds of(Supplier<String> fresh) {
    return new RequestIds(fresh);
  }

  @Override
  public HttpHandler apply(HttpHandler inner) {
    return new Filtered(inner, this::enter);
  }

  private Passage enter(HttpRequest request) {
    String came = request.header(HEADER);
    boolean keeps = came != null && isHarmless(came) && request.headers().all(HEADER).size() == 1;
    String id = keeps && came != null ? came : fresh.get();
    HttpRequest named = keeps ? request : request.withHeader(HEADER, id);
    return new Passage() {
      @Override
      public HttpRequest request() {
        return named;
      }

      @Override
      public HttpResponse answered(HttpResponse response) {
        return response.header(HEADER, id);
      }

      @Override
      public Exception failed(Exception thrown) {
        return thrown instanceof HttpException refusal ? refusal.withHeader(HEADER, id) : thrown;
      }
    };
  }

  private static boolean isHarmless(String id) {
    if (id.isEmpty() || id.length() > MOST) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letter && "-._~+/=:@".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
