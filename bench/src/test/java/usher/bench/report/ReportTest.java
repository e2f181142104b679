package usher.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import usher.bench.measure.Metric;
import usher.bench.measure.Sample;
import usher.bench.workload.Workload;
import usher.bench.workload.Workloads;

class ReportTest {
  private final Workload keepAlive = Workloads.all(10, 1).getFirst();
  private final Results results =
      new Results(
          List.of(
              keepAlive("limit", Map.of(Metric.CPU_MICROS, 4.0)),
              keepAlive("event-loop", Map.of(Metric.CPU_MICROS, 4.4, Metric.CPU_RATIO, 1.1)),
              keepAlive("limit", Map.of(Metric.CPU_MICROS, 5.0)),
              keepAlive("event-loop", Map.of(Metric.CPU_MICROS, 6.0, Metric.CPU_RATIO, 1.2)),
              Sample.failed(Workloads.KEEP_ALIVE, "netty", 1, "ended with 1")));
  private final Report report = new Report(List.of("machine: m"), List.of(keepAlive), results);

  @Test
  void a_table_has_a_row_for_each_server_and_a_column_for_each_figure() {
    assertThat(report.table(keepAlive))
        .isEqualTo(
            """
            | server     | CPU a request, µs |  of the baseline |               remark |
            | ---------- | ----------------: | ---------------: | -------------------: |
            | limit      |  4.50 (4.00–5.00) |                – |                      |
            | event-loop |  5.20 (4.40–6.00) | 1.15 (1.10–1.20) |                      |
            | netty      |                 – |                – | failed: ended with 1 |
            """);
  }

  @Test
  void a_target_stands_beside_what_was_reached() {
    assertThat(report.targets().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .containsPattern(
                        "event-loop +\\| .* \\| +≤ 1\\.15 \\| 1\\.15 \\(1\\.10–1\\.20\\) \\| +met \\|"))
        .anySatisfy(line -> assertThat(line).contains("virtual-threads", "not measured"));
  }

  @Test
  void the_whole_begins_with_the_settings_and_names_the_baseline() {
    assertThat(report.markdown())
        .startsWith("# Side by side\n\n- machine: m\n\n## Targets\n\n| server")
        .contains("\n## " + keepAlive.title() + "\n\n", "`limit`")
        .endsWith("|\n");
  }

  @Test
  void a_workload_that_has_not_been_run_yet_is_left_out() {
    Report early = new Report(report.settings(), Workloads.all(10, 1), results);
    assertThat(early.markdown()).isEqualTo(report.markdown());
  }

  @Test
  void the_raw_file_holds_every_sample_in_order() {
    JsonNode root =
        JsonMapper.builder().build().readTree(RawResults.json(report.settings(), results));
    assertThat(root.at("/settings/0").asString()).isEqualTo("machine: m");
    assertThat(root.at("/samples").size()).isEqualTo(5);
    assertThat(root.at("/samples/1/server").asString()).isEqualTo("event-loop");
    assertThat(root.at("/samples/1/cpu_ratio").asDouble()).isEqualTo(1.1);
    assertThat(root.at("/samples/4/failure").asString()).isEqualTo("ended with 1");
    assertThat(root.at("/samples/0/failure").isMissingNode()).isTrue();
  }

  @Test
  void a_plot_shows_those_that_have_the_figure_lowest_first() {
    Results more =
        new Results(
            List.of(
                keepAlive("slow", Map.of(Metric.CPU_RATIO, 2.0)),
                keepAlive("limit", Map.of(Metric.CPU_MICROS, 4.0)),
                keepAlive("fast", Map.of(Metric.CPU_RATIO, 1.0))));
    assertThat(Plot.bars(keepAlive, Plot.metric(keepAlive), more))
        .containsExactly(
            new Plot.Bar("fast", new Summary(1, 1, 1, 1)),
            new Plot.Bar("slow", new Summary(2, 2, 2, 1)));
  }

  private static Sample keepAlive(String contender, Map<Metric, Double> figures) {
    return Sample.of(Workloads.KEEP_ALIVE, contender, 1, figures);
  }
}
