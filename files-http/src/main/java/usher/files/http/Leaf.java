package usher.files.http;

import usher.files.LibraryException;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;

/// A handler that asks a library: says how large a body it takes, and has HTTP's word for what the
/// library refuses.
///
/// @param wantsBody whether it reads one at all
record Leaf(HttpHandler inner, boolean wantsBody, long most) implements HttpHandler {
  /// One that reads no body.
  static Leaf bare(HttpHandler inner) {
    return new Leaf(inner, false, 0);
  }

  /// One that reads a body of so many bytes.
  static Leaf taking(long most, HttpHandler inner) {
    return new Leaf(inner, true, most);
  }

  @Override
  public long bodyLimit(long serverLimit) {
    return most;
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws Exception {
    try {
      return inner.handle(request);
    } catch (LibraryException refused) {
      throw answer(refused);
    }
  }

  /// What a library refuses, in HTTP. A library that is broken is no answer but a failure, which is
  /// to be reported.
  private static RuntimeException answer(LibraryException refused) {
    return switch (refused.code()) {
      case BAD_NAME, MISMATCH -> answer(400, refused);
      case READ_ONLY, DENIED -> answer(403, refused);
      case NOT_FOUND -> answer(404, refused);
      case EXISTS -> answer(409, refused);
      case TOO_LARGE -> answer(413, refused);
      case BUSY -> answer(503, refused);
      case QUOTA, NO_SPACE -> answer(507, refused);
      case BROKEN -> refused;
    };
  }

  private static HttpException answer(int status, LibraryException refused) {
    return new HttpException(status, String.valueOf(refused.getMessage()), refused);
  }
}
