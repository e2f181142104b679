package usher.testkit.memory;

/// What goes wrong at one side of a connection.
///
/// A short write is short in blocking mode as well, where a socket would write all: code that does
/// not look at what `write` returns is found out.
///
/// A reset strikes both sides at once when so many bytes have gone one way. The bytes before it can
/// still be read; then `read` throws "Connection reset". With 0 the connection is reset as soon as
/// it is made.
///
/// @param reads the most that a call of `read` moves
/// @param writes the most that a call of `write` moves
/// @param resetAfterReceived the number of bytes that come in before the reset, or [#NEVER]
/// @param resetAfterSent the number of bytes that go out before the reset, or [#NEVER]
/// @param seed what [Cut#random] draws from; the n-th connection of a network always draws the same
public record Faults(
    Cut reads, Cut writes, long resetAfterReceived, long resetAfterSent, long seed) {
  /// No reset.
  public static final long NEVER = Long.MAX_VALUE;

  /// Nothing goes wrong.
  public static final Faults NONE = new Faults(Cut.whole(), Cut.whole(), NEVER, NEVER, 0);

  /// Checks that no count is negative.
  public Faults {
    if (resetAfterReceived < 0 || resetAfterSent < 0) {
      throw new IllegalArgumentException("a reset after fewer than 0 bytes");
    }
  }

  /// The same with other reads.
  public Faults withReads(Cut cut) {
    return new Faults(cut, writes, resetAfterReceived, resetAfterSent, seed);
  }

  /// The same with other writes.
  public Faults withWrites(Cut cut) {
    return new Faults(reads, cut, resetAfterReceived, resetAfterSent, seed);
  }

  /// The same with a reset once `bytes` bytes have come in.
  public Faults withResetAfterReceived(long bytes) {
    return new Faults(reads, writes, bytes, resetAfterSent, seed);
  }

  /// The same with a reset once `bytes` bytes have gone out.
  public Faults withResetAfterSent(long bytes) {
    return new Faults(reads, writes, resetAfterReceived, bytes, seed);
  }

  /// The same drawn from another seed.
  public Faults withSeed(long other) {
    return new Faults(reads, writes, resetAfterReceived, resetAfterSent, other);
  }
}
