package usher.http;

import org.jspecify.annotations.Nullable;

/// An answer thrown by a handler: this status, with the message as its small plain text body. The
/// message is sent to the peer, so it must not tell what the peer shall not know.
public final class HttpException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Headers headers;

  /// An answer of this status.
  ///
  /// @param status from 400 to 599
  public HttpException(int status, String message) {
    this(status, message, null);
  }

  /// An answer of this status, for this reason.
  ///
  /// @param status from 400 to 599
  public HttpException(int status, String message, @Nullable Throwable cause) {
    this(status, message, cause, Headers.none());
  }

  private HttpException(
      int status, @Nullable String message, @Nullable Throwable cause, Headers headers) {
    // Peers cause the 400s as often as they like, so only the 500s pay for a stack trace.
    super(message, cause, true, status >= 500);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status must be from 400 to 599, not " + status);
    }
    this.status = status;
    this.headers = headers;
  }

  /// The status of the answer.
  public int status() {
    return status;
  }

  /// The headers of the answer, besides those of its page.
  public Headers headers() {
    return headers;
  }

  /// This answer with this header, in place of those of the same name.
  ///
  /// @throws IllegalArgumentException where name or value may not be sent, or the header is the
  ///   server's
  public HttpException withHeader(String name, String value) {
    Headers more = headers.with(name, value);
    HttpResponse checked = HttpResponse.status(status).withHeaders(more);
    var copy = new HttpException(status, getMessage(), getCause(), checked.headers());
    copy.setStackTrace(getStackTrace());
    return copy;
  }
}
