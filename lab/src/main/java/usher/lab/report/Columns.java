package usher.lab.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.WorkloadNote;

/// Which figures are shown side by side. A column in which nobody has a figure is left out.
final class Columns {
  /// Of the table of one workload, the most telling first.
  private static final List<Metric> ORDER =
      List.of(
          Metric.CAPACITY,
          Metric.CLIENTS,
          Metric.LIGHT_P99,
          Metric.COMMON_P50,
          Metric.COMMON_P99,
          Metric.COMMON_P999,
          Metric.CPU,
          Metric.RESIDENT,
          Metric.CONNECTION_MEMORY,
          Metric.THREADS,
          Metric.PROCESSES,
          Metric.FAILED,
          Metric.CLOSED_RATE,
          Metric.CAPACITY_P50,
          Metric.CAPACITY_P99,
          Metric.OVERLOAD_GOODPUT,
          Metric.RECOVERY,
          Metric.SWITCHES,
          Metric.HEAP,
          Metric.START);

  private Columns() {}

  /// A figure of a workload, as a column of the table of models.
  record Column(String head, String workload, Metric metric) {}

  /// Of one workload: all metrics that anybody has.
  static List<Metric> of(LabResult result, String workload) {
    return ORDER.stream().filter(metric -> measured(result, workload, metric)).toList();
  }

  /// The textbook's table: what is said of models in adjectives, each from the workload that shows
  /// it best, or the first that has it where that one was not run.
  static List<Column> textbook(LabResult result) {
    List<Column> columns = new ArrayList<>();
    own(columns, result, "clients at once", "idle", Metric.CLIENTS);
    any(columns, result, "rate", "hello", Metric.CAPACITY);
    own(columns, result, "rate, handlers wait", "wait", Metric.CAPACITY);
    own(columns, result, "rate, handlers compute", "compute", Metric.CAPACITY);
    any(columns, result, "p99", "hello", Metric.COMMON_P99);
    any(columns, result, "p99 beside heavy requests", "mixed", Metric.LIGHT_P99);
    Metric beside =
        measured(result, "slow", Metric.LIGHT_P99) ? Metric.LIGHT_P99 : Metric.COMMON_P99;
    own(columns, result, "p99 beside slow clients", "slow", beside);
    own(columns, result, "failed beside failing requests", "failing", Metric.FAILED);
    any(columns, result, "CPU a request", "hello", Metric.CPU);
    any(columns, result, "memory", "hello", Metric.RESIDENT);
    any(columns, result, "memory a connection", "idle", Metric.CONNECTION_MEMORY);
    any(columns, result, "threads", "hello", Metric.THREADS);
    any(columns, result, "processes", "hello", Metric.PROCESSES);
    any(columns, result, "recovery from overload", "hello", Metric.RECOVERY);
    any(columns, result, "start", "hello", Metric.START);
    return columns;
  }

  private static void own(
      List<Column> columns, LabResult result, String head, String workload, Metric metric) {
    if (measured(result, workload, metric)) {
      columns.add(new Column(head, workload, metric));
    }
  }

  private static void any(
      List<Column> columns, LabResult result, String head, String wanted, Metric metric) {
    Optional<String> workload =
        measured(result, wanted, metric)
            ? Optional.of(wanted)
            : result.workloads().stream()
                .map(WorkloadNote::name)
                .filter(name -> measured(result, name, metric))
                .findFirst();
    workload.ifPresent(name -> columns.add(new Column(head, name, metric)));
  }

  private static boolean measured(LabResult result, String workload, Metric metric) {
    return result.cells().stream()
        .anyMatch(cell -> cell.workload().equals(workload) && cell.figure(metric).isPresent());
  }

  /// Whether no metric was forgotten when one was added.
  static boolean complete() {
    return ORDER.containsAll(Arrays.asList(Metric.values()));
  }
}
