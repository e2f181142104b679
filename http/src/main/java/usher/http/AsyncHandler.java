package usher.http;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import usher.session.Step;

/// A handler that answers later. Called as a blocking one it waits.
record AsyncHandler(HttpHandler.Async inner) implements HttpHandler {
  @Override
  public HttpResponse handle(HttpRequest request) throws Exception {
    try {
      return inner.handle(request).toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public CompletionStage<HttpResponse> handleAsync(HttpRequest request) throws Exception {
    return inner.handle(request);
  }

  @Override
  public Step.Kind kind() {
    return Step.Kind.ASYNC;
  }
}
