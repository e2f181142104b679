package usher.lab.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "18432.4|18,400",
        "999.6|1,000",
        "12.345|12.3",
        "3|3",
        "0.04567|0.0457",
        "1234567|1,230,000"
      })
  void three_digits_count(double figure, String text) {
    assertThat(Wording.number(figure)).isEqualTo(text);
  }

  @Test
  void units_and_shares_and_intervals() {
    assertThat(Wording.of(Metric.CPU, 11.26)).isEqualTo("11.3 µs");
    assertThat(Wording.of(Metric.THREADS, 12)).isEqualTo("12");
    assertThat(Wording.of(Metric.FAILED, 0.0123)).isEqualTo("1.23%");
    assertThat(Wording.spread(Metric.COMMON_P99, new Estimate(4, 3.5, 5, 5)))
        .isEqualTo("4 ms (3.5 to 5)");
    assertThat(Wording.spread(Metric.COMMON_P99, Estimate.of(4))).isEqualTo("4 ms");
    assertThat(Wording.number(Double.NaN)).isEqualTo("–");
  }

  @Test
  void how_many_times() {
    assertThat(Wording.times(18, 10)).isEqualTo("1.8 times");
    assertThat(Wording.times(1234, 10)).isEqualTo("123 times");
    assertThat(Wording.times(1, 0)).isEqualTo("beyond all measure");
  }
}
