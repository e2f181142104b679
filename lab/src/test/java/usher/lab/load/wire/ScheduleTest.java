package usher.lab.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final long SECOND = 1_000_000_000;

  private static long[] times(Schedule schedule, int count) {
    return LongStream.generate(schedule::next).limit(count).toArray();
  }

  @Test
  void even_arrivals_are_a_gap_apart_and_the_first_is_due_at_once() {
    assertThat(times(Schedule.even(1_000), 4)).containsExactly(0, 1_000_000, 2_000_000, 3_000_000);
  }

  @Test
  void even_arrivals_do_not_drift_where_the_gap_is_no_whole_number() {
    long[] times = times(Schedule.even(3), 3_000_001);

    assertThat(times[3_000_000]).isCloseTo(1_000_000 * SECOND, within(1L));
  }

  @Test
  void the_same_seed_gives_the_same_random_arrivals_and_another_gives_others() {
    assertThat(times(Schedule.poisson(500, 7), 1_000))
        .containsExactly(times(Schedule.poisson(500, 7), 1_000))
        .isNotEqualTo(times(Schedule.poisson(500, 8), 1_000));
  }

  @Test
  void random_arrivals_never_go_back_and_have_the_rate_they_should() {
    long[] times = times(Schedule.poisson(500, 42), 100_000);

    assertThat(times).isSorted();
    // The deviation of a sum of so many gaps is 0.3 percent; the seed is fixed.
    assertThat(times[99_999]).isCloseTo(200 * SECOND, within(2 * SECOND));
  }

  @Test
  void random_gaps_are_exponentially_distributed() {
    long[] times = times(Schedule.poisson(1_000, 3), 100_000);
    long longer = 0;
    for (int i = 1; i < times.length; i++) {
      longer += times[i] - times[i - 1] > 1_000_000 ? 1 : 0;
    }

    // One in e is longer than the mean; all or none of even ones would be.
    assertThat(longer / 100_000.0).isCloseTo(Math.exp(-1), within(0.01));
  }

  @Test
  void a_rate_is_above_nothing() {
    assertThatThrownBy(() -> Schedule.even(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Schedule.poisson(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Schedule.even(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Schedule.even(Double.MIN_VALUE).next()).isZero();
  }
}
