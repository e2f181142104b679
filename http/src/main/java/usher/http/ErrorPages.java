package usher.http;

import usher.http.wire.Status;

/// Makes the answers to what went wrong: requests that are not taken, what handlers throw.
@FunctionalInterface
public interface ErrorPages {
  /// A short plain text: the status, its phrase, and what was wrong.
  ErrorPages PLAIN =
      (status, message) ->
          HttpResponse.text(status + " " + Status.phrase(status) + ": " + message + "\n")
              .withStatus(status);

  /// The answer. Called by the connection's owner: must be cheap and must not block. The session
  /// gives it the status that is due, whatever it says.
  HttpResponse page(int status, String message);
}
