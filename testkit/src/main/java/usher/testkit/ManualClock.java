package usher.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Time that stands still until a test moves it.
///
/// One clock serves both kinds of reader: as a [LongSupplier] it is a monotonic count of
/// nanoseconds in the place of `System::nanoTime`, as an [InstantSource] it is the time of day.
/// Both move together, never backwards. Any thread may read and move it. Nobody is woken when it
/// moves.
public final class ManualClock implements LongSupplier, InstantSource {
  /// The instant that RFC 9110, 5.6.7 uses for its examples.
  public static final Instant RFC = Instant.parse("1994-11-06T08:49:37Z");

  private final long startNanos;
  private final Instant startInstant;
  private final AtomicLong elapsed = new AtomicLong();

  /// A clock that reads 0 ns and the first instant of 2025, UTC.
  public ManualClock() {
    this(0, Instant.parse("2025-01-01T00:00:00Z"));
  }

  /// A clock that starts at the given readings. `nanos` may be anything, as it may be for
  /// `System.nanoTime`: a start close below `Long.MAX_VALUE` shows code that compares instead of
  /// subtracting.
  public ManualClock(long nanos, Instant instant) {
    this.startNanos = nanos;
    this.startInstant = instant;
  }

  /// A clock that reads one second, as a server may that has just started, and [#RFC].
  public static ManualClock ofRfc() {
    return new ManualClock(1_000_000_000L, RFC);
  }

  /// The monotonic reading in nanoseconds; wraps around as `System.nanoTime` does.
  @Override
  public long getAsLong() {
    return startNanos + elapsed.get();
  }

  @Override
  public Instant instant() {
    return startInstant.plusNanos(elapsed.get());
  }

  /// How long the clock has been moved in all, in nanoseconds.
  public long elapsedNanos() {
    return elapsed.get();
  }

  /// Moves the clock and returns the new monotonic reading.
  ///
  /// @throws IllegalArgumentException if `nanos` is negative
  /// @throws ArithmeticException if the clock would have moved for more than 292 years in all
  public long advance(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("time never runs backwards: " + nanos + " ns");
    }
    return startNanos + elapsed.accumulateAndGet(nanos, Math::addExact);
  }

  /// The same, by a duration.
  public long advance(Duration by) {
    return advance(by.toNanos());
  }
}
