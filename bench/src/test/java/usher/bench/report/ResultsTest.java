package usher.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import usher.bench.measure.Metric;
import usher.bench.measure.Sample;

class ResultsTest {
  private final Results results =
      new Results(
          List.of(
              Sample.of("w", "b", 1, Map.of(Metric.RATE, 10.0)),
              Sample.of("w", "a", 1, Map.of(Metric.RATE, 1.0, Metric.CPU_MICROS, 5.0)),
              Sample.of("other", "c", 1, Map.of(Metric.RATE, 99.0)),
              Sample.of("w", "b", 2, Map.of(Metric.RATE, 30.0)),
              Sample.failed("w", "a", 2, "it died")));

  @Test
  void servers_come_in_the_order_in_which_they_were_measured() {
    assertThat(results.contenders("w")).containsExactly("b", "a");
    assertThat(results.contenders("none")).isEmpty();
  }

  @Test
  void repeats_are_summed_up() {
    assertThat(results.summary("w", "b", Metric.RATE)).contains(new Summary(20, 10, 30, 2));
    assertThat(results.summary("w", "b", Metric.CPU_MICROS)).isEmpty();
  }

  @Test
  void a_server_that_failed_once_has_no_figures() {
    assertThat(results.summary("w", "a", Metric.RATE)).isEmpty();
    assertThat(results.failure("w", "a")).contains("it died");
    assertThat(results.failure("w", "b")).isEmpty();
    assertThat(results.anyFailed()).isTrue();
  }

  @Test
  void without_a_failure_none_is_reported() {
    assertThat(new Results(List.of(Sample.of("w", "b", 1, Map.of()))).anyFailed()).isFalse();
  }
}
