package usher.http.route;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// Something around handlers: a plain function from handler to handler.
///
/// ```
/// HttpHandler handler = Filter.chain(log, ids, cors).apply(router);
/// ```
///
/// Filters made by [#of], [#request] and [#response] keep the nature of what they are put around:
/// kind, routing, and what it wants of bodies; they work for inline, blocking and asynchronous
/// handlers alike.
@FunctionalInterface
public interface Filter {
  /// The handler with this around it.
  HttpHandler apply(HttpHandler inner);

  /// A filter that each request passes.
  static Filter of(Function<HttpRequest, Passage> enter) {
    return inner -> new Filtered(inner, enter);
  }

  /// A filter that changes requests before they are routed on.
  static Filter request(UnaryOperator<HttpRequest> change) {
    return of(
        request -> {
          HttpRequest changed = change.apply(request);
          return () -> changed;
        });
  }

  /// A filter that changes responses. It does not see what is thrown.
  static Filter response(UnaryOperator<HttpResponse> change) {
    return of(
        request ->
            new Passage() {
              @Override
              public HttpRequest request() {
                return request;
              }

              @Override
              public HttpResponse answered(HttpResponse response) {
                return change.apply(response);
              }
            });
  }

  /// All of these, the outermost first.
  static Filter chain(Filter... filters) {
    List<Filter> inwards = List.of(filters);
    return inner -> {
      HttpHandler handler = inner;
      for (Filter filter : inwards.reversed()) {
        handler = filter.apply(handler);
      }
      return handler;
    };
  }
}
