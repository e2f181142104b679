package usher.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.Routed;
import usher.http.site.ContentTypes;
import usher.session.Step;

/// The pages that travel in the jar. Each is read once and kept: there are few, and they never
/// change.
final class WelcomePage implements HttpHandler {
  private static final String FOLDER = "/usher/cli/welcome";

  /// Names of our own resources, and nothing that a class loader could take for anything else.
  private static final Pattern NAME = Pattern.compile("(/[a-z0-9][a-z0-9.-]*)+");

  private final ConcurrentHashMap<String, HttpResponse> known = new ConcurrentHashMap<>();

  @Override
  public boolean wantsBody() {
    return false;
  }

  @Override
  public Routed route(HttpRequest head) {
    HttpResponse response = isRead(head) ? known.get(head.target().rawPath()) : null;
    return new Routed(response == null ? this : new Known(response), head);
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws IOException {
    if (!isRead(request)) {
      return HttpResponse.text("this is a site of files, to be read only\n")
          .withStatus(405)
          .header("Allow", "GET, HEAD");
    }
    String path = request.target().rawPath();
    HttpResponse response = read(path.endsWith("/") ? path + "index.html" : path);
    if (response == null) {
      throw new HttpException(404, "there is nothing of this name");
    }
    known.put(path, response);
    return response;
  }

  private static boolean isRead(HttpRequest request) {
    return request.method().equals("GET") || request.method().equals("HEAD");
  }

  private static @Nullable HttpResponse read(String path) throws IOException {
    if (!NAME.matcher(path).matches()) {
      return null;
    }
    try (InputStream in = WelcomePage.class.getResourceAsStream(FOLDER + path)) {
      return in == null
          ? null
          : HttpResponse.bytes(ContentTypes.STANDARD.of(path), in.readAllBytes())
              .header("Cache-Control", "no-cache");
    }
  }

  /// A page that was read before.
  private record Known(HttpResponse response) implements HttpHandler {
    @Override
    public Step.Kind kind() {
      return Step.Kind.INLINE;
    }

    @Override
    public boolean wantsBody() {
      return false;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
      return response;
    }
  }
}
