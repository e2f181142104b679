package usher.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import usher.bench.measure.Metric;
import usher.bench.measure.Sample;
import usher.bench.report.Verdict.Outcome;
import usher.bench.workload.Target;
import usher.bench.workload.Target.Bound;

class VerdictTest {
  private static final Target AT_MOST =
      new Target("t", "w", "s", Metric.CPU_RATIO, Bound.AT_MOST, 1.15);
  private static final Target AT_LEAST =
      new Target("t", "w", "s", Metric.RATE_KEPT, Bound.AT_LEAST, 0.8);

  @Test
  void at_most_is_met_below_and_at_the_limit() {
    assertThat(outcome(AT_MOST, 1.14)).isEqualTo(Outcome.MET);
    assertThat(outcome(AT_MOST, 1.15)).isEqualTo(Outcome.MET);
    assertThat(outcome(AT_MOST, 1.16)).isEqualTo(Outcome.MISSED);
  }

  @Test
  void at_least_is_met_at_and_above_the_limit() {
    assertThat(outcome(AT_LEAST, 0.79)).isEqualTo(Outcome.MISSED);
    assertThat(outcome(AT_LEAST, 0.8)).isEqualTo(Outcome.MET);
    assertThat(outcome(AT_LEAST, 0.81)).isEqualTo(Outcome.MET);
  }

  @Test
  void the_median_decides() {
    assertThat(outcome(AT_MOST, 1.0, 1.16, 9.0)).isEqualTo(Outcome.MISSED);
    assertThat(outcome(AT_MOST, 1.0, 1.15, 9.0)).isEqualTo(Outcome.MET);
  }

  @Test
  void a_failure_is_not_the_same_as_no_measurement() {
    assertThat(outcome(AT_MOST)).isEqualTo(Outcome.NOT_MEASURED);
    Results failed = new Results(List.of(Sample.failed("w", "s", 1, "it died")));
    assertThat(Verdict.of(AT_MOST, failed).outcome()).isEqualTo(Outcome.FAILED);
  }

  private static Outcome outcome(Target target, Double... figures) {
    List<Sample> samples =
        List.of(figures).stream()
            .map(figure -> Sample.of("w", "s", 1, Map.of(target.metric(), figure)))
            .toList();
    return Verdict.of(target, new Results(samples)).outcome();
  }
}
