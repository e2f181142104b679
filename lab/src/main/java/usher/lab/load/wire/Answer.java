package usher.lab.load.wire;

import java.nio.ByteBuffer;

/// Reads one answer after the other from the bytes of a connection, in whatever parts they come,
/// and keeps nothing of their bodies but the length.
///
/// ```
///   begin ──► read ─┬─ MORE ──► read …, or end where the peer sends no more
///     ▲             ├─ WHOLE: status, length, last ─┐
///     │             └─ BROKEN: for good             │
///     └─────────────────────────────────────────────┘
/// ```
///
/// Allocates nothing once it is made. Not safe for use by several threads.
public sealed interface Answer permits HttpAnswer, LineAnswer {
  /// How far an answer is.
  enum Progress {
    /// There is more to come.
    MORE,
    /// It ended; what follows in the buffer belongs to the next.
    WHOLE,
    /// These bytes are no answer. Where the next one would begin is not known.
    BROKEN
  }

  /// Makes ready for an answer.
  ///
  /// @param bodiless whether it has no body whatever it says, as one to `HEAD`
  void begin(boolean bodiless);

  /// Takes bytes, up to the end of the answer.
  Progress read(ByteBuffer bytes);

  /// Takes note that the peer will send no more: that ends an answer whose body has no other end.
  Progress end();

  /// Of an answer that is whole: the status, 0 where there is no such thing.
  int status();

  /// Of an answer that is whole: the bytes of its body.
  long length();

  /// Of an answer that is whole: whether the connection is of no use after it.
  boolean last();
}
