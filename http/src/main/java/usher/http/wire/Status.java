package usher.http.wire;

import java.nio.charset.StandardCharsets;

/// Status codes with their phrases (RFC 9110, 15, and the registry).
public final class Status {
  private static final int FIRST = 200;
  private static final int LAST = 599;
  private static final byte[][] LINES = lines();

  private Status() {}

  /// The usual phrase, or an empty one.
  public static String phrase(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 202 -> "Accepted";
      case 203 -> "Non-Authoritative Information";
      case 204 -> "No Content";
      case 205 -> "Reset Content";
      case 206 -> "Partial Content";
      case 207 -> "Multi-Status";
      case 300 -> "Multiple Choices";
      case 301 -> "Moved Permanently";
      case 302 -> "Found";
      case 303 -> "See Other";
      case 304 -> "Not Modified";
      case 307 -> "Temporary Redirect";
      case 308 -> "Permanent Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 402 -> "Payment Required";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 407 -> "Proxy Authentication Required";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 411 -> "Length Required";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 416 -> "Range Not Satisfiable";
      case 417 -> "Expectation Failed";
      case 421 -> "Misdirected Request";
      case 422 -> "Unprocessable Content";
      case 423 -> "Locked";
      case 424 -> "Failed Dependency";
      case 425 -> "Too Early";
      case 426 -> "Upgrade Required";
      case 428 -> "Precondition Required";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 451 -> "Unavailable For Legal Reasons";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      case 505 -> "HTTP Version Not Supported";
      case 507 -> "Insufficient Storage";
      case 511 -> "Network Authentication Required";
      default -> "";
    };
  }

  /// Whether a response of this status has no body whatever its fields say (RFC 9112, 6.3).
  public static boolean bodiless(int status) {
    return status == 204 || status == 304;
  }

  /// The whole status line with its line end, shared: not to be changed.
  static byte[] line(int status) {
    return LINES[status - FIRST];
  }

  private static byte[][] lines() {
    var lines = new byte[LAST - FIRST + 1][];
    for (int i = 0; i < lines.length; i++) {
      int status = FIRST + i;
      lines[i] =
          ("HTTP/1.1 " + status + " " + phrase(status) + "\r\n")
              .getBytes(StandardCharsets.ISO_8859_1);
    }
    return lines;
  }
}
