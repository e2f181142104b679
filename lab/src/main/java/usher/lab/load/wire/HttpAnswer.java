package usher.lab.load.wire;

import java.nio.ByteBuffer;

/// An answer of HTTP/1.1 or 1.0 (RFC 9112), read as strictly as it takes to tell a good one from
/// one that only looks like it: the status line, how the body is framed, and its end. Interim
/// answers (1xx) are passed over.
///
/// ```
///   head ─┬─ 1xx ─► head
///         ├─ no body, or a length of 0 ─────────────────────────────► whole
///         ├─ Content-Length ─► counted ─────────────────────────────► whole
///         ├─ chunked ─► size ─► data ─► its line end ─► size … 0 ─► trailer ─► whole
///         └─ neither ─► until the connection ends ──────────────────► whole
/// ```
///
/// Limits: [#HEAD] bytes of a head, of a trailer, and of the line of a chunk's size.
public final class HttpAnswer implements Answer {
  /// Bytes of a head, which is broken if it has more.
  public static final int HEAD = 65_536;

  private enum Part {
    HEAD,
    COUNTED,
    SIZE,
    DATA,
    DATA_END,
    TRAILER,
    UNTIL_END,
    WHOLE,
    BROKEN
  }

  private final HttpLines head = new HttpLines();
  private boolean bodiless;
  private Part part = Part.HEAD;
  private long left;
  private long length;
  private int status;
  private boolean last;

  @Override
  public void begin(boolean noBody) {
    bodiless = noBody;
    part = Part.HEAD;
    left = 0;
    length = 0;
    status = 0;
    last = false;
    head.begin();
  }

  @Override
  public Progress read(ByteBuffer bytes) {
    while (part != Part.WHOLE && part != Part.BROKEN && bytes.hasRemaining()) {
      part =
          switch (part) {
            case HEAD -> head(bytes);
            case COUNTED -> skip(bytes) ? Part.WHOLE : part;
            case SIZE -> size(bytes);
            case DATA -> skip(bytes) ? Part.DATA_END : part;
            case DATA_END -> dataEnd(bytes);
            case TRAILER -> trailer(bytes);
            case UNTIL_END -> untilEnd(bytes);
            case WHOLE, BROKEN -> part;
          };
    }
    return progress();
  }

  @Override
  public Progress end() {
    part = part == Part.UNTIL_END ? Part.WHOLE : Part.BROKEN;
    return progress();
  }

  private Progress progress() {
    return switch (part) {
      case WHOLE -> Progress.WHOLE;
      case BROKEN -> Progress.BROKEN;
      default -> Progress.MORE;
    };
  }

  private Part head(ByteBuffer bytes) {
    while (true) {
      switch (head.line(bytes)) {
        case MORE -> {
          return Part.HEAD;
        }
        case BROKEN -> {
          return Part.BROKEN;
        }
        case WHOLE -> {
          if (head.empty()) {
            return headEnd();
          }
          if (!head.takeHeadLine()) {
            return Part.BROKEN;
          }
        }
      }
    }
  }

  private Part headEnd() {
    status = head.status();
    if (status == 0 || status == 101) {
      return Part.BROKEN; // we ask for no other protocol
    }
    if (status < 200) {
      head.begin();
      return Part.HEAD;
    }
    last = head.closes();
    if (bodiless || status == 204 || status == 304) {
      return Part.WHOLE;
    }
    if (head.chunked()) {
      return head.length() < 0 ? Part.SIZE : Part.BROKEN;
    }
    left = head.length();
    if (left < 0) {
      last = true;
      return Part.UNTIL_END;
    }
    return left == 0 ? Part.WHOLE : Part.COUNTED;
  }

  private boolean skip(ByteBuffer bytes) {
    int here = (int) Math.min(left, bytes.remaining());
    bytes.position(bytes.position() + here);
    left -= here;
    length += here;
    return left == 0;
  }

  private Part size(ByteBuffer bytes) {
    return switch (head.line(bytes)) {
      case MORE -> Part.SIZE;
      case BROKEN -> Part.BROKEN;
      case WHOLE -> {
        left = head.chunkSize();
        head.forget();
        yield left < 0 ? Part.BROKEN : left == 0 ? Part.TRAILER : Part.DATA;
      }
    };
  }

  private Part dataEnd(ByteBuffer bytes) {
    return switch (head.line(bytes)) {
      case MORE -> Part.DATA_END;
      case BROKEN -> Part.BROKEN;
      case WHOLE -> {
        boolean empty = head.empty();
        head.forget();
        yield empty ? Part.SIZE : Part.BROKEN;
      }
    };
  }

  private Part trailer(ByteBuffer bytes) {
    while (true) {
      switch (head.line(bytes)) {
        case MORE -> {
          return Part.TRAILER;
        }
        case BROKEN -> {
          return Part.BROKEN;
        }
        case WHOLE -> {
          if (head.empty()) {
            return Part.WHOLE;
          }
          if (!head.takeTrailerLine()) {
            return Part.BROKEN;
          }
        }
      }
    }
  }

  private Part untilEnd(ByteBuffer bytes) {
    length += bytes.remaining();
    bytes.position(bytes.limit());
    return Part.UNTIL_END;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public boolean last() {
    return last;
  }
}
