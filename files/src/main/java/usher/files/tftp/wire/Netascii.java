package usher.files.tftp.wire;

import java.nio.ByteBuffer;

/// Text between this machine, where a line ends with LF, and the wire, where it ends with CR LF and
/// a CR that ends none is CR NUL. One for each direction of each transfer: it remembers what was
/// cut.
///
/// ```
///   here   LF      CR       any other
///   wire   CR LF   CR NUL   the same
/// ```
///
/// From the wire, a CR before anything else stays a CR. There is no other loss: every file comes
/// back as it was.
public final class Netascii {
  private static final byte NONE = -1;

  /// What follows a CR that is sent already.
  private byte second = NONE;

  /// Whether the last byte that came was a CR.
  private boolean cr;

  /// At the beginning of a file.
  public Netascii() {}

  /// To the wire: as much as there is, and as there is room for.
  public void encode(ByteBuffer in, ByteBuffer out) {
    while (out.hasRemaining()) {
      if (second != NONE) {
        out.put(second);
        second = NONE;
      } else if (in.hasRemaining()) {
        byte next = in.get();
        switch (next) {
          case '\n' -> {
            out.put((byte) '\r');
            second = '\n';
          }
          case '\r' -> {
            out.put((byte) '\r');
            second = 0;
          }
          default -> out.put(next);
        }
      } else {
        return;
      }
    }
  }

  /// Whether a byte waits for room.
  public boolean pending() {
    return second != NONE;
  }

  /// From the wire: all of it.
  ///
  /// @param out with room for one byte more than `in` has
  public void decode(ByteBuffer in, ByteBuffer out) {
    while (in.hasRemaining()) {
      byte next = in.get();
      if (cr) {
        cr = false;
        switch (next) {
          case '\n', 0 -> {
            out.put(next == 0 ? (byte) '\r' : next);
            continue;
          }
          default -> out.put((byte) '\r');
        }
      }
      if (next == '\r') {
        cr = true;
      } else {
        out.put(next);
      }
    }
  }

  /// The end has come.
  ///
  /// @param out with room for a byte
  public void finish(ByteBuffer out) {
    if (cr) {
      cr = false;
      out.put((byte) '\r');
    }
  }
}
