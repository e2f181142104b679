package usher.lab.load.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import usher.lab.load.wire.Answer.Progress;

/// The lines of an answer's head, one at a time, and what they say about the body. Of each line it
/// keeps as much as is needed to know what is asked for here.
final class HttpLines {
  /// Of a line; what is longer is read, and forgotten from here on.
  private static final int KEPT = 128;

  private static final int DIGITS = 18;
  private static final int HEX_DIGITS = 15;
  private static final byte[] LENGTH = ascii("content-length");
  private static final byte[] ENCODING = ascii("transfer-encoding");
  private static final byte[] CONNECTION = ascii("connection");
  private static final byte[] CHUNKED = ascii("chunked");
  private static final byte[] CLOSE = ascii("close");
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");
  private static final byte[] VERSION = ascii("HTTP/1.");

  private final byte[] line = new byte[KEPT];
  private int size; // of the line so far, also of what is not kept
  private boolean lineEnded;
  private boolean returned; // the last byte was a carriage return
  private int total;
  private int status;
  private long length;
  private boolean chunked;
  private boolean closes;
  private boolean stays;
  private boolean old;

  void begin() {
    forget();
    status = 0;
    length = -1;
    chunked = false;
    closes = false;
    stays = false;
    old = false;
  }

  /// Starts to count anew.
  void forget() {
    size = 0;
    total = 0;
    lineEnded = false;
    returned = false;
  }

  /// Takes bytes up to the end of the line, which is a carriage return and a line feed.
  Progress line(ByteBuffer bytes) {
    if (lineEnded) {
      size = 0;
      lineEnded = false;
    }
    int limit = bytes.limit();
    for (int at = bytes.position(); at < limit; at++) {
      byte one = bytes.get(at);
      if (++total > HttpAnswer.HEAD) {
        return Progress.BROKEN;
      }
      if (one == '\n') {
        bytes.position(at + 1);
        if (!returned) {
          return Progress.BROKEN;
        }
        returned = false;
        lineEnded = true;
        return Progress.WHOLE;
      }
      if (returned || (one < ' ' && one >= 0 && one != '\t' && one != '\r') || one == 0x7f) {
        return Progress.BROKEN;
      }
      if (one == '\r') {
        returned = true;
      } else {
        if (size < KEPT) {
          line[size] = one;
        }
        size++;
      }
    }
    bytes.position(limit);
    return Progress.MORE;
  }

  boolean empty() {
    return size == 0;
  }

  /// Takes the status line or a field.
  boolean takeHeadLine() {
    return status == 0 ? statusLine() : field(true);
  }

  /// Takes a field that is of no interest.
  boolean takeTrailerLine() {
    return field(false);
  }

  private boolean statusLine() {
    // HTTP/1.1 200 OK
    if (size < 12 || !startsWith(VERSION) || (line[7] != '1' && line[7] != '0')) {
      return false;
    }
    if (line[8] != ' ' || (size > 12 && line[12] != ' ')) {
      return false;
    }
    int number = 0;
    for (int i = 9; i < 12; i++) {
      if (line[i] < '0' || line[i] > '9') {
        return false;
      }
      number = number * 10 + line[i] - '0';
    }
    status = number;
    old = line[7] == '0';
    return number >= 100 && number < 600;
  }

  private boolean field(boolean ofInterest) {
    int end = Math.min(size, KEPT);
    int colon = 0;
    while (colon < end && line[colon] != ':') {
      if (!token(line[colon])) {
        return false;
      }
      colon++;
    }
    if (colon == 0 || colon == end) {
      return false;
    }
    if (!ofInterest) {
      return true;
    }
    int from = colon + 1;
    while (from < end && blank(line[from])) {
      from++;
    }
    int to = end;
    while (to > from && blank(line[to - 1])) {
      to--;
    }
    if (same(LENGTH, 0, colon)) {
      return size <= KEPT && length(from, to);
    } else if (same(ENCODING, 0, colon)) {
      // Nobody here accepts another coding.
      boolean first = !chunked;
      chunked = true;
      return first && same(CHUNKED, from, to);
    } else if (same(CONNECTION, 0, colon)) {
      connection(from, to);
    }
    return true;
  }

  private boolean length(int from, int to) {
    long number = 0;
    if (to == from || to - from > DIGITS) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (line[i] < '0' || line[i] > '9') {
        return false;
      }
      number = number * 10 + line[i] - '0';
    }
    boolean first = length < 0 || length == number;
    length = number;
    return first;
  }

  private void connection(int from, int to) {
    int begin = from;
    for (int i = from; i <= to; i++) {
      if (i == to || line[i] == ',') {
        int end = i;
        while (begin < end && blank(line[begin])) {
          begin++;
        }
        while (end > begin && blank(line[end - 1])) {
          end--;
        }
        closes |= same(CLOSE, begin, end);
        stays |= same(KEEP_ALIVE, begin, end);
        begin = i + 1;
      }
    }
  }

  /// The size at the beginning of the line, in hexadecimal digits, -1 if there is none. What stands
  /// behind a semicolon is of no interest.
  long chunkSize() {
    long number = 0;
    int end = Math.min(size, KEPT);
    int at = 0;
    for (; at < end; at++) {
      int digit = Character.digit(line[at], 16);
      if (digit < 0) {
        break;
      }
      number = number * 16 + digit;
    }
    boolean ends = at == size || line[at] == ';' || blank(line[at]);
    return at == 0 || at > HEX_DIGITS || !ends ? -1 : number;
  }

  int status() {
    return status;
  }

  /// What `Content-Length` says, -1 where it is not said.
  long length() {
    return length;
  }

  boolean chunked() {
    return chunked;
  }

  boolean closes() {
    return closes || (old && !stays);
  }

  private boolean startsWith(byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (line[i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  /// Whether a part of the line is this text, whatever the case of its letters.
  private boolean same(byte[] lower, int from, int to) {
    if (to - from != lower.length) {
      return false;
    }
    for (int i = 0; i < lower.length; i++) {
      byte one = line[from + i];
      if ((one >= 'A' && one <= 'Z' ? one + ' ' : one) != lower[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean blank(byte one) {
    return one == ' ' || one == '\t';
  }

  private static boolean token(byte one) {
    return one > ' '
        && one < 0x7f
        && switch (one) {
          case '(',
              ')',
              ',',
              '/',
              ':',
              ';',
              '<',
              '=',
              '>',
              '?',
              '@',
              '[',
              '\\',
              ']',
              '{',
              '}',
              '"' ->
              false;
          default -> true;
        };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
