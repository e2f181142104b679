package usher.http.route;

import org.jspecify.annotations.Nullable;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// One request on its way through a filter, in and out again. Belongs to that request alone, so it
/// may remember things between the two.
///
/// [#request] and [#instead] are called while the request is routed, and must be cheap and not
/// block; [#entered] when the handler's turn has come. One of [#answered] and [#failed] is called
/// at the end, by the thread that answers; neither is where the connection is lost before, or the
/// body is refused.
public interface Passage {
  /// The request as what lies within shall see it.
  HttpRequest request();

  /// An answer in place of that of what lies within, or null to let it answer.
  default @Nullable HttpResponse instead() {
    return null;
  }

  /// The handler that was picked is about to be called with this request, which is whole now.
  /// Called by the thread that calls it; must not block, and must not throw.
  default void entered(HttpRequest whole) {}

  /// The response on its way out: this one, or another in its place.
  default HttpResponse answered(HttpResponse response) {
    return response;
  }

  /// What was thrown within, on its way out: this, or something else to throw. An
  /// [usher.http.HttpException] becomes the answer that it names, with its headers.
  default Exception failed(Exception thrown) {
    return thrown;
  }
}
