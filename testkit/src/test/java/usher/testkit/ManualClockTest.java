package usher.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

final class ManualClockTest {
  private static final Instant NOON = Instant.parse("2025-06-01T12:00:00Z");

  @Test
  void stands_still_until_it_is_moved() {
    ManualClock clock = new ManualClock(7, NOON);
    LongSupplier nanos = clock;
    InstantSource time = clock;

    assertThat(nanos.getAsLong()).isEqualTo(7).isEqualTo(nanos.getAsLong());
    assertThat(time.instant()).isEqualTo(NOON).isEqualTo(time.instant());
  }

  @Test
  void both_readings_move_together() {
    ManualClock clock = new ManualClock(7, NOON);

    assertThat(clock.advance(3)).isEqualTo(10);
    assertThat(clock.advance(Duration.ofSeconds(2))).isEqualTo(2_000_000_010L);

    assertThat(clock.getAsLong()).isEqualTo(2_000_000_010L);
    assertThat(clock.instant()).isEqualTo(NOON.plusNanos(2_000_000_003L));
    assertThat(clock.elapsedNanos()).isEqualTo(2_000_000_003L);
  }

  @Test
  void by_nothing_is_no_move() {
    ManualClock clock = new ManualClock();

    assertThat(clock.advance(0)).isZero();
    assertThat(clock.instant()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
  }

  @Test
  void never_runs_backwards() {
    ManualClock clock = new ManualClock(7, NOON);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.advance(-1))
        .withMessageContaining("-1 ns");
    assertThat(clock.getAsLong()).isEqualTo(7);
  }

  @Test
  void the_monotonic_reading_wraps_around_and_differences_stay_true() {
    ManualClock clock = new ManualClock(Long.MAX_VALUE, NOON);
    long before = clock.getAsLong();

    clock.advance(5);

    assertThat(clock.getAsLong()).isNegative();
    assertThat(clock.getAsLong() - before).isEqualTo(5);
    assertThat(clock.instant()).isEqualTo(NOON.plusNanos(5));
  }

  @Test
  void refuses_to_move_further_than_it_can_count() {
    ManualClock clock = new ManualClock();
    clock.advance(Long.MAX_VALUE);

    assertThatThrownBy(() -> clock.advance(1)).isInstanceOf(ArithmeticException.class);
    assertThat(clock.getAsLong()).isEqualTo(Long.MAX_VALUE);
  }
}
