package usher.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import usher.session.Step;

/// Answers requests.
///
/// A plain function is taken to block, which is safe everywhere; [#inline] and [#async] say
/// otherwise. One handler serves many requests at once, from many threads.
///
/// ```
/// HttpProtocol.of(HttpHandler.inline(request -> HttpResponse.text("Hello, World!")))
/// ```
///
/// The session asks a handler in this order: [#route] once the head is known; then, of the handler
/// that was picked, [#wantsBody], [#bodyLimit], [#kind], and at last [#handle] or [#handleAsync]
/// with the whole request.
@FunctionalInterface
public interface HttpHandler {
  /// Answers one request. An [HttpException] becomes the answer that it names; any other throw
  /// becomes a `500` and is reported once.
  HttpResponse handle(HttpRequest request) throws Exception;

  /// What this handler may do to its thread.
  default Step.Kind kind() {
    return Step.Kind.BLOCKING;
  }

  /// Answers one request later. Called in place of [#handle] when the kind is [Step.Kind#ASYNC],
  /// and must then not block.
  default CompletionStage<HttpResponse> handleAsync(HttpRequest request) throws Exception {
    return CompletableFuture.completedFuture(handle(request));
  }

  /// Picks the handler for a request whose head is known and whose body is not: a router gives the
  /// leaf and the path parameters, a filter wraps what its inner handler gives. Called by the
  /// connection's owner, so it must be cheap, must not block and must not read the body.
  default Routed route(HttpRequest head) {
    return new Routed(this, head);
  }

  /// How many bytes of body this handler takes, where the server takes `serverLimit`. May be more.
  /// Beyond it the answer is `413`.
  default long bodyLimit(long serverLimit) {
    return serverLimit;
  }

  /// Whether this handler reads the body. One that does not is called at once when the body is
  /// large or still held back (`Expect: 100-continue`), with an empty body, and the connection
  /// closes after the answer.
  default boolean wantsBody() {
    return true;
  }

  /// A handler that is cheap and never blocks.
  static HttpHandler inline(HttpHandler handler) {
    return new KindHandler(handler, Step.Kind.INLINE);
  }

  /// A handler that may block.
  static HttpHandler blocking(HttpHandler handler) {
    return new KindHandler(handler, Step.Kind.BLOCKING);
  }

  /// A handler that answers later.
  static HttpHandler async(Async handler) {
    return new AsyncHandler(handler);
  }

  /// A function that answers later. It must not block.
  @FunctionalInterface
  interface Async {
    /// Starts to answer one request.
    CompletionStage<HttpResponse> handle(HttpRequest request) throws Exception;
  }
}
