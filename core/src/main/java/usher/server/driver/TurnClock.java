package usher.server.driver;

import java.time.Instant;
import java.time.InstantSource;

/// The wall clock as of the latest turn of any connection of a server. Asking the system costs as
/// much as a tenth of a small pipelined answer, and drivers read the monotonic time once a turn in
/// any case, so [#millis] is brought up to date there: it is a millisecond old at most, or as old
/// as the turn that asks. [#instant] asks the system.
///
/// Thread-safe.
final class TurnClock implements InstantSource {
  private static final long MILLI = 1_000_000;

  private final InstantSource system;
  private volatile long millis;

  /// When the system was asked, in the time of turns.
  private volatile long asked;

  TurnClock(InstantSource system) {
    this.system = system;
    this.millis = system.millis();
  }

  /// It is this time now, in nanoseconds of a clock that never runs backwards.
  void turn(long now) {
    if (now - asked >= MILLI) {
      asked = now;
      millis = system.millis();
    }
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public Instant instant() {
    return system.instant();
  }
}
