package usher.http;

import java.util.concurrent.CompletionStage;
import usher.session.Step;

/// A handler whose kind is stated by whoever holds it; all else is the inner handler's.
record KindHandler(HttpHandler inner, Step.Kind kind) implements HttpHandler {
  @Override
  public HttpResponse handle(HttpRequest request) throws Exception {
    return inner.handle(request);
  }

  @Override
  public CompletionStage<HttpResponse> handleAsync(HttpRequest request) throws Exception {
    return inner.handleAsync(request);
  }

  @Override
  public long bodyLimit(long serverLimit) {
    return inner.bodyLimit(serverLimit);
  }

  @Override
  public boolean wantsBody() {
    return inner.wantsBody();
  }
}
