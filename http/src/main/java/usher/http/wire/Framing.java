package usher.http.wire;

/// What the fields of a head say about the message and its connection (RFC 9112, 3.2, 6 and 9; RFC
/// 9110, 7.2 and 10.1.1). Whatever two readers could understand differently is rejected.
///
/// @param length bytes of body, 0 where there is none; meaningless for a chunked one
/// @param chunked whether the body is chunked
/// @param keepAlive whether the peer wants the connection to go on
/// @param expectsContinue whether the peer holds the body back until it is told to go on
public record Framing(long length, boolean chunked, boolean keepAlive, boolean expectsContinue) {
  private static final int HOST = 4;
  private static final int EXPECT = 6;
  private static final int CONNECTION = 10;
  private static final int CONTENT_LENGTH = 14;
  private static final int TRANSFER_ENCODING = 17;

  /// Whether there is a body of at least one byte, as far as the head tells.
  public boolean hasBody() {
    return chunked || length > 0;
  }

  /// Reads the fields that count.
  ///
  /// @throws Rejection where they are wrong or contradict each other
  public static Framing of(Head head) {
    byte[] bytes = head.bytes();
    long length = -1;
    int hosts = 0;
    boolean close = false;
    boolean keep = false;
    boolean expects = false;
    boolean unknownExpectation = false;
    TransferCoding coding = TransferCoding.NONE;
    for (int i = 0; i < head.size(); i++) {
      int name = head.nameStart(i);
      int nameEnd = head.nameEnd(i);
      if (!counts(bytes, name, nameEnd)) {
        continue;
      }
      int from = head.valueStart(i);
      int to = head.valueEnd(i);
      switch (nameEnd - name) {
        case HOST -> {
          hosts++;
          if (!Authority.isValid(bytes, from, to)) {
            throw new Rejection(400, "the value of Host is not valid");
          }
        }
        case EXPECT -> {
          expects = true;
          unknownExpectation |= !Octets.same(bytes, from, to, "100-continue");
        }
        case CONNECTION -> {
          close |= lists(bytes, from, to, "close");
          keep |= lists(bytes, from, to, "keep-alive");
        }
        case CONTENT_LENGTH -> {
          if (length >= 0) {
            throw new Rejection(400, "more than one Content-Length");
          }
          length = number(bytes, from, to);
        }
        default -> coding = coding.and(bytes, from, to);
      }
    }
    boolean latest = head.minor() > 0;
    if (hosts > 1) {
      throw new Rejection(400, "more than one Host");
    }
    if (hosts == 0 && latest) {
      throw new Rejection(400, "a request of HTTP/1.1 needs Host");
    }
    if (coding != TransferCoding.NONE) {
      if (!latest) {
        throw new Rejection(400, "HTTP/1.0 has no Transfer-Encoding");
      }
      if (length >= 0) {
        throw new Rejection(400, "both Content-Length and Transfer-Encoding");
      }
      coding.check();
    }
    if (unknownExpectation && latest) {
      throw new Rejection(417, "the only expectation that is known is 100-continue");
    }
    return new Framing(
        Math.max(length, 0),
        coding == TransferCoding.CHUNKED,
        !close && (latest || keep),
        expects && latest);
  }

  /// Whether this is one of the five names that count here; their lengths tell them from nearly all
  /// others, and from each other.
  private static boolean counts(byte[] bytes, int from, int to) {
    return switch (to - from) {
      case HOST -> Octets.same(bytes, from, to, "host");
      case EXPECT -> Octets.same(bytes, from, to, "expect");
      case CONNECTION -> Octets.same(bytes, from, to, "connection");
      case CONTENT_LENGTH -> Octets.same(bytes, from, to, "content-length");
      case TRANSFER_ENCODING -> Octets.same(bytes, from, to, "transfer-encoding");
      default -> false;
    };
  }

  private static long number(byte[] bytes, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new Rejection(400, "Content-Length is not a number");
      }
      if (number > (Long.MAX_VALUE - digit) / 10) {
        throw new Rejection(413, "the body is too large");
      }
      number = number * 10 + digit;
    }
    if (from == to) {
      throw new Rejection(400, "Content-Length is not a number");
    }
    return number;
  }

  /// Whether a list, between commas and white space, has this element.
  private static boolean lists(byte[] bytes, int from, int to, String element) {
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || bytes[i] == ',') {
        int end = i;
        while (start < end && (bytes[start] == ' ' || bytes[start] == '\t')) {
          start++;
        }
        while (end > start && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
          end--;
        }
        if (Octets.same(bytes, start, end, element)) {
          return true;
        }
        start = i + 1;
      }
    }
    return false;
  }
}
