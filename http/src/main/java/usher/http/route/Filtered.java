package usher.http.route;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.Routed;
import usher.session.Step;

/// A handler with a filter around it. Routing begins the passage and picks the handler; what is
/// picked ends it.
record Filtered(HttpHandler inner, Function<HttpRequest, Passage> enter) implements HttpHandler {
  @Override
  public Routed route(HttpRequest head) {
    Passage passage = enter.apply(head);
    HttpRequest request = passage.request();
    HttpResponse instead = passage.instead();
    if (instead != null) {
      return new Routed(new Instead(instead), request);
    }
    Routed routed;
    try {
      routed = inner.route(request);
    } catch (RuntimeException thrown) {
      return new Routed(new Refused(thrown, passage), request);
    }
    return new Routed(new Leaf(routed.handler(), passage), routed.request());
  }

  @Override
  public Step.Kind kind() {
    return inner.kind();
  }

  @Override
  public boolean wantsBody() {
    return inner.wantsBody();
  }

  @Override
  public long bodyLimit(long serverLimit) {
    return inner.bodyLimit(serverLimit);
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws Exception {
    Routed routed = route(request);
    return routed.handler().handle(routed.request());
  }

  @Override
  public CompletionStage<HttpResponse> handleAsync(HttpRequest request) throws Exception {
    Routed routed = route(request);
    return routed.handler().handleAsync(routed.request());
  }

  /// The response on its way out; its body is closed where the passage fails.
  private static HttpResponse leave(Passage passage, HttpResponse response) {
    try {
      return passage.answered(response);
    } catch (RuntimeException thrown) {
      try {
        response.body().close();
      } catch (IOException unclosed) {
        thrown.addSuppressed(unclosed);
      }
      throw thrown;
    }
  }

  /// The handler that was picked, at whose end the passage ends.
  private record Leaf(HttpHandler inner, Passage passage) implements HttpHandler {
    @Override
    public Step.Kind kind() {
      return inner.kind();
    }

    @Override
    public boolean wantsBody() {
      return inner.wantsBody();
    }

    @Override
    public long bodyLimit(long serverLimit) {
      return inner.bodyLimit(serverLimit);
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws Exception {
      passage.entered(request);
      HttpResponse response;
      try {
        response = inner.handle(request);
      } catch (Exception thrown) {
        throw passage.failed(thrown);
      }
      return leave(passage, response);
    }

    @Override
    public CompletionStage<HttpResponse> handleAsync(HttpRequest request) throws Exception {
      passage.entered(request);
      CompletionStage<HttpResponse> stage;
      try {
        stage = inner.handleAsync(request);
      } catch (Exception thrown) {
        throw passage.failed(thrown);
      }
      return stage.handle((response, thrown) -> end(response, thrown));
    }

    private HttpResponse end(@Nullable HttpResponse response, @Nullable Throwable thrown) {
      if (response != null) {
        return leave(passage, response);
      }
      Throwable bare =
          thrown instanceof CompletionException && thrown.getCause() != null
              ? thrown.getCause()
              : thrown;
      throw new CompletionException(
          bare instanceof Exception exception ? passage.failed(exception) : bare);
    }
  }

  /// An answer that the filter itself gave.
  private record Instead(HttpResponse response) implements HttpHandler {
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

  /// What could not be routed.
  private record Refused(RuntimeException thrown, Passage passage) implements HttpHandler {
    @Override
    public Step.Kind kind() {
      return Step.Kind.INLINE;
    }

    @Override
    public boolean wantsBody() {
      return false;
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws Exception {
      throw passage.failed(thrown);
    }

    @Override
    public CompletionStage<HttpResponse> handleAsync(HttpRequest request) {
      return CompletableFuture.failedFuture(passage.failed(thrown));
    }
  }
}
