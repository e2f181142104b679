package usher.files.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads `multipart/form-data` (RFC 7578, RFC 2046 5.1) as it comes, at any splits. Pure: it holds
/// at most the head of one part.
///
/// ```
///   PREAMBLE ──delimiter──► DELIMITED ──CR LF──► HEAD ──empty line──► BODY ─┐
///                               ▲    └───"--"───► EPILOGUE                  │
///                               └──────────────────delimiter────────────────┘
/// ```
///
/// A delimiter is CR LF, two dashes and the boundary; behind it only white space may stand in its
/// line. At the beginning its CR LF may be missing.
///
/// What is malformed is an [IllegalArgumentException], as is a part's head beyond [#MOST_HEAD] or a
/// part beyond [#MOST_PARTS].
final class Multipart {
  /// Bytes of the head of a part.
  static final int MOST_HEAD = 8 * 1024;

  /// Parts of a body.
  static final int MOST_PARTS = 1000;

  /// Told of what is read, in this order: [#begin], [#data] as often as there is some, [#end].
  interface Parts {
    /// A part begins.
    void begin(PartHead head);

    /// The next bytes of it, which must be taken before this returns.
    void data(ByteBuffer bytes);

    /// It is whole.
    void end();
  }

  private enum State {
    PREAMBLE,
    DELIMITED,
    HEAD,
    BODY,
    EPILOGUE
  }

  private final byte[] delimiter;
  private final Parts parts;
  private State state = State.PREAMBLE;

  /// How much of the delimiter has been seen; of the first its CR LF is taken as seen.
  private int matched = 2;

  private final StringBuilder line = new StringBuilder();
  private final List<String> head = new ArrayList<>();
  private int headBytes;
  private int count;

  /// @throws IllegalArgumentException where this cannot be a boundary
  Multipart(String boundary, Parts parts) {
    if (!boundary.matches("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")) {
      throw new IllegalArgumentException("no boundary of a form");
    }
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    this.parts = parts;
  }

  /// Takes all of these bytes.
  void feed(ByteBuffer in) {
    while (in.hasRemaining()) {
      switch (state) {
        case PREAMBLE, BODY -> search(in);
        case DELIMITED -> delimited(in.get());
        case HEAD -> head(in.get());
        case EPILOGUE -> in.position(in.limit());
      }
    }
  }

  /// The end of the body has come.
  ///
  /// @throws IllegalArgumentException where parts should have followed
  void end() {
    if (state != State.EPILOGUE) {
      throw new IllegalArgumentException("the form ends in the middle");
    }
  }

  /// Looks for the delimiter, and passes on what is none. CR stands only at its beginning, so where
  /// it fails to go on, it may begin anew only with the byte at hand.
  private void search(ByteBuffer in) {
    while (in.hasRemaining()) {
      if (matched == 0) {
        int start = in.position();
        int at = start;
        while (at < in.limit() && in.get(at) != '\r') {
          at++;
        }
        pass(in.slice(start, at - start));
        in.position(at);
        if (!in.hasRemaining()) {
          return;
        }
      }
      if (in.get(in.position()) == delimiter[matched]) {
        in.get();
        matched++;
        if (matched == delimiter.length) {
          matched = 0;
          found();
          return;
        }
      } else {
        pass(ByteBuffer.wrap(delimiter, 0, matched));
        matched = 0;
      }
    }
  }

  private void pass(ByteBuffer bytes) {
    if (state == State.BODY && bytes.hasRemaining()) {
      parts.data(bytes.asReadOnlyBuffer());
    }
  }

  private void found() {
    if (state == State.BODY) {
      parts.end();
    }
    state = State.DELIMITED;
    line.setLength(0);
  }

  private void delimited(byte next) {
    char before = line.isEmpty() ? ' ' : line.charAt(line.length() - 1);
    line.append((char) (next & 0xff));
    boolean goesOn =
        switch (before) {
          case '\r' -> next == '\n';
          case '-' -> next == '-';
          default ->
              next == ' ' || next == '\t' || next == '\r' || (next == '-' && line.length() == 1);
        };
    if (!goesOn || line.length() > MOST_HEAD) {
      throw new IllegalArgumentException("a boundary goes on where its line should end");
    }
    if (next == '\n') {
      state = State.HEAD;
      line.setLength(0);
      head.clear();
      headBytes = 0;
    } else if (next == '-' && before == '-') {
      state = State.EPILOGUE;
    }
  }

  private void head(byte next) {
    headBytes++;
    if (headBytes > MOST_HEAD) {
      throw new IllegalArgumentException("the head of a part is too long");
    }
    if (next != '\n') {
      line.append((char) (next & 0xff));
      return;
    }
    if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
      throw new IllegalArgumentException("a line in the head of a part ends without CR");
    }
    line.setLength(line.length() - 1);
    if (!line.isEmpty()) {
      head.add(line.toString());
      line.setLength(0);
      return;
    }
    count++;
    if (count > MOST_PARTS) {
      throw new IllegalArgumentException("a form has " + MOST_PARTS + " parts at most");
    }
    parts.begin(PartHead.of(head));
    state = State.BODY;
  }
}
