package usher.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import usher.lab.result.Cell;
import usher.lab.result.Curve;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.workload.Workload;
import usher.lab.workload.Workloads;
import usher.server.Model;

/// Whole runs, as short as they can be: that every figure is there and has the right size. How good
/// the figures are is another question, which the quick run of the command answers.
final class LabTest {
  private static final Pace TWICE = new Pace(2, 1, 0.1, 0.2, 0.2, List.of(1, 8), List.of(20, 50));
  private static final Pace ONCE = new Pace(1, 2, 0.1, 0.2, 0.2, List.of(1, 8), List.of(20));

  private static Workload workload(String name) {
    return Workloads.builtIn().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static LabResult run(Pace pace, List<Model> models, List<Workload> workloads)
      throws Exception {
    var request =
        new LabRequest(
            models,
            Optional.empty(),
            workloads,
            Optional.empty(),
            System.getProperty("java.class.path"),
            List.of(),
            OptionalDouble.empty(),
            pace,
            1,
            "usher lab");
    try (Lab lab = new Lab(request, LabListener.NONE, "test")) {
      return lab.run();
    }
  }

  @Test
  void every_measure_gives_its_figures() throws Exception {
    LabResult result =
        run(TWICE, List.of(new Model.EventLoop()), List.of(workload("hello"), workload("idle")));
    assertThat(result.subjects()).containsExactly("event-loop");
    Cell hello = result.cell("event-loop", "hello").orElseThrow();
    assertThat(hello.figures())
        .containsKeys(
            Metric.CLOSED_RATE,
            Metric.CAPACITY,
            Metric.COMMON_P99,
            Metric.CPU,
            Metric.SWITCHES,
            Metric.RESIDENT,
            Metric.HEAP,
            Metric.THREADS,
            Metric.PROCESSES,
            Metric.START,
            Metric.OVERLOAD_GOODPUT,
            Metric.RECOVERY);
    assertThat(hello.figure(Metric.PROCESSES).orElseThrow().median()).isEqualTo(1);
    assertThat(hello.figure(Metric.CLOSED_RATE).orElseThrow().repeats()).isEqualTo(2);
    assertThat(hello.curve(Curve.Kind.RATE_BY_CONNECTIONS).orElseThrow().points()).hasSize(2);
    assertThat(hello.curve(Curve.Kind.PERCENTILES)).isPresent();
    assertThat(hello.curve(Curve.Kind.OVERLOAD_LATENCY)).isPresent();
    Cell idle = result.cell("event-loop", "idle").orElseThrow();
    assertThat(idle.figure(Metric.CLIENTS).orElseThrow().median()).isGreaterThanOrEqualTo(50);
    assertThat(idle.curve(Curve.Kind.MEMORY_BY_CONNECTIONS).orElseThrow().points()).hasSize(3);
    assertThat(result.generator().highestRate()).isPositive();
    assertThat(result.workloads().getFirst().commonRate()).isPositive();
  }

  @Test
  void one_at_a_time_is_one_at_a_time_and_processes_are_counted() throws Exception {
    Model prefork = new Model.Prefork(2, new Model.EventLoop());
    LabResult result =
        run(
            ONCE,
            List.of(new Model.Iterative(), prefork),
            List.of(workload("wait"), workload("short"), workload("datagrams")));
    Cell iterative = result.cell("iterative", "wait").orElseThrow();
    // It waits 50 ms for each.
    assertThat(iterative.figure(Metric.CAPACITY).orElseThrow().median()).isLessThanOrEqualTo(20);
    Cell processes = result.cell(result.subjects().getLast(), "short").orElseThrow();
    assertThat(processes.figure(Metric.PROCESSES).orElseThrow().median()).isEqualTo(3);
    assertThat(processes.figures()).doesNotContainKey(Metric.HEAP);
    Cell datagrams = result.cell("iterative", "datagrams").orElseThrow();
    assertThat(datagrams.figures()).containsKeys(Metric.CLOSED_RATE, Metric.COMMON_P99);
  }
}
