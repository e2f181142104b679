package usher.http.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import usher.session.Limits;

/// Reads a chunked body, cut at any place (RFC 9112, 7.1).
///
/// ```
///  ┌► SIZE ──► EXTENSION ──► SIZE_LF ──► DATA ──► DATA_CR ──► DATA_LF ─┐
///  │                            │                                      │
///  │                            └─ size 0 ─► TRAILERS ─► DONE          │
///  └───────────────────────────────────────────────────────────────────┘
/// ```
///
/// Extensions are read over; all those of one body together may have [#EXTENSION_BYTES] bytes.
/// Trailers have the limits of a head.
public final class ChunkScanner {
  /// How many bytes of chunk extensions one body may have.
  public static final int EXTENSION_BYTES = 4_096;

  /// Hexadecimal digits of one size; leading zeros count.
  private static final int SIZE_DIGITS = 16;

  private enum State {
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILERS,
    DONE
  }

  private final Limits limits;
  private final long maxBytes;
  private State state = State.SIZE;
  private int digits;
  private int extensions;
  private long total;

  /// Of the current chunk: its size while that is read, then what is still to come.
  private long left;

  private @Nullable HeadScanner trailers;

  /// A scanner for one body.
  ///
  /// @param maxBytes how many bytes of data the body may have
  public ChunkScanner(Limits limits, long maxBytes) {
    this.limits = limits;
    this.maxBytes = maxBytes;
  }

  /// Takes bytes until there are no more, the body is complete, or the room is used up.
  ///
  /// @return how many bytes of data were put into the array
  /// @throws Rejection where this is no chunked body that may pass
  public int scan(ByteBuffer in, byte[] into, int offset, int room) {
    int put = 0;
    while (in.hasRemaining()) {
      switch (state) {
        case SIZE -> size(in.get());
        case EXTENSION -> extension(in.get());
        case SIZE_LF -> {
          lineFeed(in.get());
          begin();
        }
        case DATA -> {
          if (put == room) {
            return put;
          }
          int count = (int) Math.min(left, Math.min(in.remaining(), room - put));
          in.get(into, offset + put, count);
          put += count;
          left -= count;
          if (left == 0) {
            state = State.DATA_CR;
          }
        }
        case DATA_CR -> {
          if (in.get() != '\r') {
            throw new Rejection(400, "a chunk is longer than its size");
          }
          state = State.DATA_LF;
        }
        case DATA_LF -> {
          lineFeed(in.get());
          state = State.SIZE;
          digits = 0;
        }
        case TRAILERS -> {
          if (trailers().scan(in, 128)) {
            state = State.DONE;
          }
        }
        case DONE -> {
          return put;
        }
      }
    }
    return put;
  }

  /// Whether the body and its trailers are complete.
  public boolean done() {
    return state == State.DONE;
  }

  /// The trailer section, once the body is complete.
  public Head trailerFields() {
    return trailers().head();
  }

  /// Bytes of data that are known to come next without a break.
  public long ahead() {
    return state == State.DATA ? left : 0;
  }

  private HeadScanner trailers() {
    HeadScanner scanner = trailers;
    if (scanner == null) {
      scanner = HeadScanner.ofTrailers(limits);
      trailers = scanner;
    }
    return scanner;
  }

  private void size(byte c) {
    int digit = digit(c);
    if (digit >= 0) {
      if (++digits > SIZE_DIGITS) {
        throw new Rejection(400, "the size of a chunk has too many digits");
      }
      if (left > Long.MAX_VALUE >> 4) {
        throw new Rejection(413, "the body is too large");
      }
      left = left << 4 | digit;
      return;
    }
    if (digits == 0) {
      throw new Rejection(400, "the size of a chunk is not a number");
    }
    switch (c) {
      case '\r' -> state = State.SIZE_LF;
      case ';' -> extension(c);
      default -> throw new Rejection(400, "the size of a chunk is not a number");
    }
  }

  private void extension(byte c) {
    if (c == '\r') {
      state = State.SIZE_LF;
    } else if (!Octets.is(c, Octets.VALUE)) {
      throw new Rejection(
          400, c == '\n' ? "a bare line feed" : "a control character in a chunk extension");
    } else if (++extensions > EXTENSION_BYTES) {
      throw new Rejection(400, "the chunk extensions are too long");
    } else {
      state = State.EXTENSION;
    }
  }

  private void begin() {
    if (left == 0) {
      state = State.TRAILERS;
      return;
    }
    if (left > maxBytes - total) {
      throw new Rejection(413, "the body is too large");
    }
    total += left;
    state = State.DATA;
  }

  private static int digit(byte c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private static void lineFeed(byte c) {
    if (c != '\n') {
      throw new Rejection(400, "a bare carriage return");
    }
  }
}
