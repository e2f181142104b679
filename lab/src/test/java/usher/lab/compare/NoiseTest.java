package usher.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import usher.lab.result.Estimate;
import usher.lab.result.Metric;

final class NoiseTest {
  @Test
  void intervals_that_touch_are_no_difference_however_far_the_medians_are() {
    assertThat(
            Noise.differ(Metric.CAPACITY, new Estimate(10, 5, 20, 5), new Estimate(40, 20, 50, 5)))
        .isFalse();
    assertThat(
            Noise.differ(
                Metric.CAPACITY, new Estimate(10, 5, 20, 5), new Estimate(40, 20.1, 50, 5)))
        .isTrue();
  }

  @Test
  void a_difference_begins_above_the_floor() {
    assertThat(Noise.differ(Metric.CPU, of(100, 5), of(95, 5))).isFalse();
    assertThat(Noise.differ(Metric.CPU, of(100, 5), of(94.9, 5))).isTrue();
    assertThat(Noise.differ(Metric.CAPACITY, of(100, 5), of(90, 5))).isFalse();
    assertThat(Noise.differ(Metric.CAPACITY, of(89.9, 5), of(100, 5))).isTrue();
  }

  @Test
  void the_floor_is_doubled_where_so_few_repeats_are_apart_by_chance() {
    assertThat(Noise.floor(Metric.CPU, 4, 4)).isEqualTo(0.05);
    assertThat(Noise.floor(Metric.CPU, 3, 3)).isEqualTo(0.10);
    assertThat(Noise.floor(Metric.CPU, 3, 4)).isEqualTo(0.10);
    assertThat(Noise.floor(Metric.CPU, 3, 5)).isEqualTo(0.05);
    assertThat(Noise.floor(Metric.CPU, 1, 38)).isEqualTo(0.10);
    assertThat(Noise.floor(Metric.CPU, 1, 40)).isEqualTo(0.05);
    assertThat(Noise.floor(Metric.CPU, 1_000_000, 1_000_000)).isEqualTo(0.05);
  }

  @Test
  void what_nobody_notices_is_no_difference() {
    assertThat(Noise.differ(Metric.COMMON_P99, of(0.1, 5), of(0.6, 5))).isFalse();
    assertThat(Noise.differ(Metric.COMMON_P99, of(0.1, 5), of(0.61, 5))).isTrue();
    assertThat(Noise.differ(Metric.FAILED, of(0, 5), of(0.001, 5))).isFalse();
    assertThat(Noise.differ(Metric.FAILED, of(0, 5), of(0.0011, 5))).isTrue();
  }

  @Test
  void better_is_higher_for_rates_and_lower_for_times() {
    assertThat(Noise.better(Metric.CAPACITY, of(200, 5), of(100, 5))).isTrue();
    assertThat(Noise.better(Metric.CAPACITY, of(100, 5), of(200, 5))).isFalse();
    assertThat(Noise.better(Metric.COMMON_P99, of(100, 5), of(200, 5))).isTrue();
    assertThat(Noise.better(Metric.COMMON_P99, of(100, 5), of(100, 5))).isFalse();
  }

  private static Estimate of(double figure, int repeats) {
    return new Estimate(figure, figure, figure, repeats);
  }
}
