package usher.lab.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SurgeTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void a_surge_has_its_rate_for_its_time_and_the_calm_has_its_own() {
    Schedule schedule = Schedule.even(100).surging(SECOND, SECOND, 3);
    int[] due = new int[4];
    for (long at = schedule.next(); at < 4 * SECOND; at = schedule.next()) {
      due[(int) (at / SECOND)]++;
    }
    assertThat(due).containsExactly(100, 300, 100, 100);
  }

  @Test
  void random_arrivals_surge_too_and_stay_in_order() {
    Schedule schedule = Schedule.poisson(1_000, 7).surging(SECOND, SECOND, 3);
    int[] due = new int[3];
    long last = -1;
    for (long at = schedule.next(); at < 3 * SECOND; at = schedule.next()) {
      assertThat(at).isGreaterThanOrEqualTo(last);
      last = at;
      due[(int) (at / SECOND)]++;
    }
    assertThat(due[0]).isBetween(850, 1_150);
    assertThat(due[1]).isBetween(2_700, 3_300);
    assertThat(due[2]).isBetween(850, 1_150);
  }
}
