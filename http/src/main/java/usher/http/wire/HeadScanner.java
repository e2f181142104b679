package usher.http.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import usher.session.Limits;

/// Reads the head of one request, cut at any place, or the trailer section of one body (RFC 9112, 2
/// to 5 and 7.1.2). Looks at each byte once, however it is cut.
///
/// ```
///  START ─► METHOD ─► TARGET ─► VERSION ─► LINE_CR ─► LINE_LF
///                                                       │
///            ┌──────────────────────────────────────────┘
///            ▼
///       ┌► FIELD ──► NAME ──► VALUE ──► VALUE_LF ─┐
///       │    │                                    │
///       │    └─CR─► END_LF ─► DONE                │
///       └─────────────────────────────────────────┘
/// ```
///
/// Rules:
/// - Only what the grammar allows passes; see `docs/protocols/http.md` for each strictness.
/// - The bytes are copied out of the buffer that is lent, into an array that then backs the [Head].
/// - At most `headBytes` bytes and `headFields` fields are taken.
public final class HeadScanner {
  private static final int START = 0;
  private static final int START_LF = 1;
  private static final int METHOD = 2;
  private static final int TARGET = 3;
  private static final int VERSION = 4;
  private static final int LINE_CR = 5;
  private static final int LINE_LF = 6;
  private static final int FIELD = 7;
  private static final int NAME = 8;
  private static final int VALUE = 9;
  private static final int VALUE_LF = 10;
  private static final int END_LF = 11;
  private static final int DONE = 12;

  private static final byte[] HTTP_1 = {'H', 'T', 'T', 'P', '/'};
  private static final int LEAST_ROOM = 64;
  private static final byte[] NOTHING = {};

  private final int maxBytes;
  private final int maxFields;
  private final boolean trailers;

  private int state;
  private byte[] bytes = NOTHING;
  private int filled;
  private int at;

  /// Bytes looked at and bytes moved, for the test that both stay linear.
  private long work;

  private int methodStart;
  private int methodEnd;
  private int targetEnd;
  private int minor;
  private int[] spans;
  private int fields;

  private HeadScanner(Limits limits, boolean trailers) {
    this.maxBytes = limits.headBytes();
    this.maxFields = limits.headFields();
    this.trailers = trailers;
    this.state = trailers ? FIELD : START;
    this.spans = new int[(trailers ? 2 : 8) * Head.SPAN];
  }

  /// For the head of a request.
  public static HeadScanner ofRequest(Limits limits) {
    return new HeadScanner(limits, false);
  }

  /// For what follows the last chunk.
  public static HeadScanner ofTrailers(Limits limits) {
    return new HeadScanner(limits, true);
  }

  /// Takes bytes up to the end of the head, and none behind it.
  ///
  /// @param guess how many bytes the head is likely to have; a wrong guess costs a copy, no more
  /// @return whether the head is complete
  /// @throws Rejection where it is none that may pass
  public boolean scan(ByteBuffer in, int guess) {
    while (in.hasRemaining()) {
      if (filled == bytes.length) {
        grow(in.remaining(), guess);
      }
      int count = Math.min(in.remaining(), bytes.length - filled);
      in.get(bytes, filled, count);
      filled += count;
      if (scan()) {
        in.position(in.position() - (filled - at));
        return true;
      }
      if (filled == maxBytes) {
        throw tooLong();
      }
    }
    return false;
  }

  private void grow(int wanted, int guess) {
    int room = filled == 0 ? Math.min(wanted, guess) : Math.max(2 * filled, filled + LEAST_ROOM);
    bytes = Arrays.copyOf(bytes, Math.clamp(room, 1, maxBytes));
    work += filled;
  }

  /// The head, once it is complete.
  public Head head() {
    if (state != DONE) {
      throw new IllegalStateException("the head is not complete");
    }
    int end = at - 2;
    return trailers
        ? new Head(bytes, spans, fields, end, 0, 0, 0, 1)
        : new Head(bytes, spans, fields, end, methodStart, methodEnd, targetEnd, minor);
  }

  /// How many bytes belong to the head so far.
  public int length() {
    return at;
  }

  long work() {
    return work;
  }

  private Rejection tooLong() {
    return switch (state) {
      // RFC 9112, 3: a method longer than any that is known, a target longer than is taken.
      case START, START_LF, METHOD -> new Rejection(501, "the method is too long");
      case TARGET, VERSION, LINE_CR, LINE_LF -> new Rejection(414, "the target is too long");
      default ->
          new Rejection(431, trailers ? "the trailers are too large" : "the head is too large");
    };
  }

  private boolean scan() {
    byte[] b = bytes;
    int end = filled;
    int p = at;
    int s = state;
    while (p < end) {
      switch (s) {
        case START -> {
          // One empty line before a request is passed over (RFC 9112, 2.2).
          if (b[p] == '\r' && p == 0) {
            s = START_LF;
            p++;
          } else {
            methodStart = p;
            s = METHOD;
          }
        }
        case START_LF -> {
          lineFeed(b[p++]);
          s = START;
        }
        case METHOD -> {
          while (p < end && Octets.is(b[p], Octets.TOKEN)) {
            p++;
          }
          if (p < end) {
            if (b[p] != ' ' || p == methodStart) {
              throw new Rejection(400, "the method is not a token");
            }
            methodEnd = p++;
            s = TARGET;
          }
        }
        case TARGET -> {
          while (p < end && Octets.is(b[p], Octets.TARGET)) {
            p++;
          }
          if (p < end) {
            if (b[p] != ' ') {
              throw badTarget(b[p]);
            }
            if (p == methodEnd + 1) {
              throw new Rejection(400, "white space in the request line");
            }
            targetEnd = p++;
            s = VERSION;
          }
        }
        case VERSION -> {
          int from = targetEnd + 1;
          while (p < end && p - from < 8) {
            version(b[p], p - from, b);
            p++;
          }
          if (p - from == 8) {
            s = LINE_CR;
          }
        }
        case LINE_CR -> {
          if (b[p++] != '\r') {
            throw new Rejection(400, "the request line goes on after the version");
          }
          s = LINE_LF;
        }
        case LINE_LF -> {
          lineFeed(b[p++]);
          s = FIELD;
        }
        case FIELD -> {
          if (b[p] == '\r') {
            p++;
            s = END_LF;
          } else {
            beginField(b[p], p);
            s = NAME;
          }
        }
        case NAME -> {
          while (p < end && Octets.is(b[p], Octets.TOKEN)) {
            p++;
          }
          if (p < end) {
            if (b[p] != ':') {
              throw badName(b[p]);
            }
            spans[Head.SPAN * fields + 1] = p++;
            fields++;
            s = VALUE;
          }
        }
        case VALUE -> {
          p = Octets.skipValue(b, p, end);
          if (p < end) {
            if (b[p] != '\r') {
              throw badValue(b[p]);
            }
            p++;
            s = VALUE_LF;
          }
        }
        case VALUE_LF -> {
          lineFeed(b[p++]);
          s = FIELD;
        }
        case END_LF -> {
          lineFeed(b[p++]);
          work += p - at;
          state = DONE;
          at = p;
          return true;
        }
        default -> throw new IllegalStateException("the head is complete");
      }
    }
    work += p - at;
    state = s;
    at = p;
    return false;
  }

  private void version(byte c, int index, byte[] b) {
    boolean good =
        switch (index) {
          case 6 -> c == '.';
          case 5, 7 -> c >= '0' && c <= '9';
          default -> c == HTTP_1[index];
        };
    if (!good) {
      throw new Rejection(400, "the request line does not end with HTTP/1.1");
    }
    if (index == 7) {
      if (b[targetEnd + 6] != '1') {
        throw new Rejection(505, "only HTTP/1.1 and HTTP/1.0 are served");
      }
      minor = c == '0' ? 0 : 1;
    }
  }

  private void beginField(byte first, int start) {
    if (!Octets.is(first, Octets.TOKEN)) {
      throw switch (first) {
        case ' ', '\t' ->
            new Rejection(
                400, fields == 0 ? "white space before the first field" : "a folded field line");
        case '\n' -> new Rejection(400, "a bare line feed");
        default -> new Rejection(400, "the name of a field is not a token");
      };
    }
    if (fields == maxFields) {
      throw new Rejection(431, trailers ? "too many trailer fields" : "too many header fields");
    }
    if (spans.length == Head.SPAN * fields) {
      spans = Arrays.copyOf(spans, 2 * spans.length);
    }
    spans[Head.SPAN * fields] = start;
  }

  private static void lineFeed(byte c) {
    if (c != '\n') {
      throw new Rejection(400, "a bare carriage return");
    }
  }

  private static Rejection badTarget(byte c) {
    return new Rejection(
        400,
        c == '\r' || c == '\n'
            ? "the request line does not end with HTTP/1.1"
            : "a character in the target that must be percent-encoded");
  }

  private static Rejection badName(byte c) {
    return new Rejection(
        400,
        c == ' ' || c == '\t'
            ? "white space between the name of a field and its colon"
            : "the name of a field is not a token");
  }

  private static Rejection badValue(byte c) {
    return new Rejection(
        400, c == '\n' ? "a bare line feed" : "a control character in the value of a field");
  }
}
