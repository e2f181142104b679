package usher.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.lab.fixture.Realistic;
import usher.lab.fixture.Synthetic;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.WorkloadNote;

final class ConsoleTableTest {
  @Test
  void one_row_a_model_and_marks_for_the_best() {
    LabResult result =
        new Synthetic()
            .figure("hello", "iterative", Metric.CAPACITY, 5_000)
            .figure("hello", "event-loop", Metric.CAPACITY, 20_000)
            .figure("hello", "event-loops", Metric.CAPACITY, 20_500)
            .figure("hello", "event-loop", Metric.COMMON_P99, 2)
            .figure("hello", "iterative", Metric.COMMON_P99, 20)
            .remark("hello", "event-loops", "noisy")
            .result();
    assertThat(ConsoleTable.of(result, "hello", 100, false))
        .isEqualTo(
            """
            hello        req/s max   p99 ms
            iterative        5,000       20
            event-loop      20,000≈       2*
            event-loops     20,500≈       –
              event-loops: noisy
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 60, 79, 100})
  void no_line_is_longer_than_the_width(int width) {
    LabResult result = Realistic.result();
    for (WorkloadNote workload : result.workloads()) {
      assertThat(ConsoleTable.of(result, workload.name(), width, false).lines())
          .isNotEmpty()
          .allMatch(line -> line.length() <= width);
    }
  }

  @Test
  void all_columns_fit_a_hundred() {
    assertThat(ConsoleTable.of(Realistic.result(), "idle", 100, false))
        .contains("clients", "KiB/conn", "procs");
  }

  @Test
  void colours_only_if_told_and_never_from_a_name() {
    LabResult result =
        new Synthetic()
            .figure("hello", "\u001b[31mred\n", Metric.CAPACITY, 1)
            .figure("hello", "a-name-that-is-far-too-long-to-be-shown", Metric.CAPACITY, 5)
            .result();
    assertThat(ConsoleTable.of(result, "hello", 80, false))
        .doesNotContain("\u001b")
        .contains("a-name-that-is-far-too-…")
        .hasLineCount(3);
    assertThat(ConsoleTable.of(result, "hello", 80, true)).contains("\u001b[1m5*\u001b[0m");
  }

  @Test
  void a_workload_without_cells_has_no_table() {
    assertThat(ConsoleTable.of(new Synthetic().result(), "hello", 80, false)).isEmpty();
  }
}
