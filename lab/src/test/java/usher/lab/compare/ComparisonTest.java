package usher.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import usher.lab.compare.Change.Verdict;
import usher.lab.fixture.Synthetic;
import usher.lab.result.LabResult;
import usher.lab.result.Machine;
import usher.lab.result.Metric;

final class ComparisonTest {
  @Test
  void a_run_compared_with_itself_has_no_difference_and_no_warning() {
    LabResult run = run(2000, _ -> {});
    Comparison comparison = Comparison.of(run, run);
    assertThat(comparison.changes()).hasSize(3).allMatch(c -> c.verdict() == Verdict.SAME);
    assertThat(comparison.warnings()).isEmpty();
    assertThat(comparison.regressed()).isFalse();
  }

  @Test
  void less_beyond_noise_is_a_regression_and_more_is_none() {
    LabResult old = run(2000, _ -> {});
    LabResult now =
        run(
            2000,
            more ->
                more.figure("hello", "event-loop", Metric.CAPACITY, 8_000)
                    .figure("hello", "event-loop", Metric.CPU, 20));
    assertThat(verdict(Comparison.of(old, now), Metric.CAPACITY)).isEqualTo(Verdict.WORSE);
    assertThat(verdict(Comparison.of(old, now), Metric.CPU)).isEqualTo(Verdict.WORSE);
    assertThat(Comparison.of(old, now).tellsNothing()).isFalse();
    assertThat(Comparison.of(old, now).regressed()).isTrue();
    assertThat(verdict(Comparison.of(now, old), Metric.CAPACITY)).isEqualTo(Verdict.BETTER);
    assertThat(Comparison.of(now, old).regressed()).isFalse();
  }

  @Test
  void what_one_run_lacks_is_missing_and_no_regression() {
    LabResult old = run(2000, _ -> {});
    LabResult now = run(2000, more -> more.figure("wait", "iterative", Metric.CAPACITY, 20));
    Comparison added = Comparison.of(old, now);
    assertThat(added.count(Verdict.MISSING)).isEqualTo(1);
    assertThat(added.warnings()).isEmpty();
    Comparison gone = Comparison.of(now, old);
    assertThat(gone.count(Verdict.MISSING)).isEqualTo(1);
    assertThat(gone.warnings()).containsExactly("iterative under wait was measured and is not.");
    assertThat(gone.regressed()).isFalse();
  }

  @Test
  void other_parameters_are_not_compared_and_said_so() {
    LabResult old = run(2000, _ -> {});
    LabResult now =
        run(
            2000,
            more ->
                more.workload("hello", 2000, "connections", "128")
                    .figure("hello", "event-loop", Metric.CAPACITY, 1));
    Comparison comparison = Comparison.of(old, now);
    assertThat(comparison.changes()).allMatch(c -> c.verdict() == Verdict.INCOMPARABLE);
    assertThat(comparison.tellsNothing()).isTrue();
    assertThat(comparison.regressed()).isFalse();
    assertThat(comparison.warnings())
        .containsExactly(
            "hello is not compared: its connections was 64 and is 128.",
            "Nothing could be compared.");
    assertThat(comparison.regressed()).isFalse();
  }

  @Test
  void another_common_rate_spoils_only_what_was_measured_at_it() {
    Comparison comparison = Comparison.of(run(2000, _ -> {}), run(1900, _ -> {}));
    assertThat(verdict(comparison, Metric.CAPACITY)).isEqualTo(Verdict.SAME);
    assertThat(verdict(comparison, Metric.COMMON_P99)).isEqualTo(Verdict.INCOMPARABLE);
    assertThat(comparison.warnings()).singleElement().asString().contains("common rate of hello");
    assertThat(Comparison.of(run(2000, _ -> {}), run(1981, _ -> {})).warnings()).isEmpty();
  }

  @Test
  void another_machine_is_compared_with_a_warning() {
    var other =
        new Machine(
            "Other CPU",
            2,
            8L << 30,
            "Linux 6.1.0",
            "25.0.1 (Temurin)",
            "-Xmx512m",
            "0.2.0",
            "server on core 0, load on core 1");
    Comparison comparison =
        Comparison.of(run(2000, _ -> {}), run(2000, more -> more.machine(other)));
    assertThat(comparison.warnings())
        .containsExactly(
            "Another machine: the processor was Example CPU @ 2.4 GHz and is Other CPU.");
    assertThat(comparison.count(Verdict.SAME)).isEqualTo(3);
  }

  @Test
  void the_text_says_what_is_worse_first_and_counts_the_rest() {
    LabResult old = run(2000, _ -> {});
    LabResult now =
        run(
            2000,
            more ->
                more.figure("hello", "event-loop", Metric.CAPACITY, 8_000)
                    .figure("hello", "event-loop", Metric.CPU, 5)
                    .figure("hello", "\u001b[31mred", Metric.CPU, 5));
    assertThat(ComparisonText.of(Comparison.of(old, now)))
        .isEqualTo(
            """
                    workload  model       figure                                           was                is  change
            worse   hello     event-loop  highest rate within the objective  20,000 requests/s  8,000 requests/s    -60%
            better  hello     event-loop  CPU time a request                             10 µs              5 µs    -50%
            1 better, 1 worse, 1 no difference, 1 missing
            """);
    LabResult red = run(2000, more -> more.figure("hello", "\u001b[31mred", Metric.CPU, 50));
    assertThat(ComparisonText.of(Comparison.of(now, red))).doesNotContain("\u001b");
  }

  private static Verdict verdict(Comparison comparison, Metric metric) {
    return comparison.changes().stream()
        .filter(change -> change.metric() == metric)
        .findFirst()
        .orElseThrow()
        .verdict();
  }

  private static LabResult run(double commonRate, Consumer<Synthetic> more) {
    var run =
        new Synthetic()
            .workload("hello", commonRate, "connections", "64")
            .figure("hello", "event-loop", Metric.CAPACITY, 20_000)
            .figure("hello", "event-loop", Metric.CPU, 10)
            .figure("hello", "event-loop", Metric.COMMON_P99, 4);
    more.accept(run);
    return run.result();
  }
}
