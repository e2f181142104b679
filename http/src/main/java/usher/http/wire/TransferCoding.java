package usher.http.wire;

/// What the lines of `Transfer-Encoding` add up to (RFC 9112, 6.1 and 6.3). Only `chunked`, once
/// and alone, can be read.
enum TransferCoding {
  NONE,
  CHUNKED,
  /// Something besides `chunked`, well formed.
  UNKNOWN,
  /// `chunked` twice, an empty element, a parameter, or no list at all.
  BROKEN;

  /// This and one more line.
  TransferCoding and(byte[] bytes, int from, int to) {
    TransferCoding sum = this;
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i == to || bytes[i] == ',') {
        sum = sum.and(one(bytes, start, i));
        start = i + 1;
      }
    }
    return sum;
  }

  private TransferCoding and(TransferCoding other) {
    if (this == NONE) {
      return other;
    }
    if (this == BROKEN || other == BROKEN || (this == CHUNKED && other == CHUNKED)) {
      return BROKEN;
    }
    return UNKNOWN;
  }

  private static TransferCoding one(byte[] bytes, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && (bytes[start] == ' ' || bytes[start] == '\t')) {
      start++;
    }
    while (end > start && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
      end--;
    }
    if (Octets.same(bytes, start, end, "chunked")) {
      return CHUNKED;
    }
    for (int i = start; i < end; i++) {
      if (!Octets.is(bytes[i], Octets.TOKEN)) {
        return BROKEN;
      }
    }
    return start == end ? BROKEN : UNKNOWN;
  }

  /// Lets `chunked` pass.
  void check() {
    if (this == UNKNOWN) {
      throw new Rejection(501, "the only transfer coding that is known is chunked");
    }
    if (this == BROKEN) {
      throw new Rejection(400, "Transfer-Encoding is not valid");
    }
  }
}
