package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
  private static Latencies of(long... millis) {
    Histogram histogram = Latencies.blank();
    for (long one : millis) {
      Latencies.record(histogram, one * 1_000_000);
    }
    return Latencies.of(histogram);
  }

  @Test
  void figures_are_in_milliseconds_with_three_digits() {
    Latencies some = of(1, 2, 3, 1_234);

    assertThat(some.count()).isEqualTo(4);
    assertThat(some.millis(50)).isCloseTo(2, within(0.002));
    assertThat(some.maxMillis()).isCloseTo(1_234, within(1.3));
    assertThat(some.meanMillis()).isCloseTo(310, within(0.5));
  }

  @Test
  void none_have_figures_of_nothing() {
    assertThat(Latencies.none().count()).isZero();
    assertThat(Latencies.none().millis(99)).isZero();
    assertThat(Latencies.none().meanMillis()).isZero();
    assertThat(Latencies.none().maxMillis()).isZero();
  }

  @Test
  void several_are_merged() {
    Latencies both = Latencies.merged(List.of(of(1, 2), Latencies.none(), of(500)));

    assertThat(both.count()).isEqualTo(3);
    assertThat(both.maxMillis()).isCloseTo(500, within(0.5));
    assertThat(Latencies.merged(List.of()).count()).isZero();
  }

  @Test
  void what_is_beyond_the_end_counts_as_the_end() {
    assertThat(of(599_000).maxMillis()).isCloseTo(599_000, within(600.0));
    assertThat(of(10_000_000).maxMillis()).isCloseTo(600_000, within(600.0));
  }

  @Test
  void what_is_no_histogram_is_refused() {
    assertThatThrownBy(() -> new Latencies("?").histogram())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Latencies("AAAA").histogram())
        .isInstanceOf(IllegalStateException.class);
  }
}
