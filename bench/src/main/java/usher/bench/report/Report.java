package usher.bench.report;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import usher.bench.measure.Metric;
import usher.bench.workload.Target;
import usher.bench.workload.Workload;

/// The report as Markdown: the targets, then a table for each workload.
///
/// @param settings what the run was made with, in lines
/// @param workloads those that were run
/// @param results what came of it
public record Report(List<String> settings, List<Workload> workloads, Results results) {

  /// Ends with a line feed.
  public String markdown() {
    StringBuilder text = new StringBuilder("# Side by side\n\n");
    settings.forEach(line -> text.append("- ").append(line).append('\n'));
    text.append("\n## Targets\n\n").append(targets());
    for (Workload workload : workloads) {
      if (results.contenders(workload.name()).isEmpty()) {
        continue;
      }
      text.append("\n## ").append(workload.title()).append("\n\n");
      note(workload).ifPresent(note -> text.append(note).append("\n\n"));
      text.append(table(workload));
    }
    return text.toString();
  }

  /// The targets beside what was reached.
  public String targets() {
    Table table = new Table(2, List.of("server", "target", "limit", "reached", "verdict"));
    for (Target target : Target.all()) {
      Verdict verdict = Verdict.of(target, results);
      String sign =
          switch (target.bound()) {
            case AT_MOST -> "≤ ";
            case AT_LEAST -> "≥ ";
          };
      table.add(
          List.of(
              target.contender(),
              target.what(),
              sign + Figures.withUnit(target.metric(), target.limit()),
              verdict.reached().map(s -> Figures.text(target.metric(), s)).orElse("–"),
              verdict.outcome().text()));
    }
    return table.markdown();
  }

  /// One workload: a row for each server, a column for each figure that any of them has.
  String table(Workload workload) {
    List<String> contenders = results.contenders(workload.name());
    List<Metric> metrics = metrics(workload.name(), contenders);
    List<String> head = new ArrayList<>(List.of("server"));
    for (Metric metric : metrics) {
      boolean unitless = metric.unit().isEmpty();
      head.add(unitless ? metric.title() : metric.title() + ", " + metric.unit());
    }
    head.add("remark");
    Table table = new Table(1, head);
    for (String contender : contenders) {
      List<String> row = new ArrayList<>(List.of(contender));
      for (Metric metric : metrics) {
        row.add(
            results
                .summary(workload.name(), contender, metric)
                .map(summary -> Figures.text(metric, summary))
                .orElse("–"));
      }
      row.add(results.failure(workload.name(), contender).map(why -> "failed: " + why).orElse(""));
      table.add(row);
    }
    return table.markdown();
  }

  private List<Metric> metrics(String workload, List<String> contenders) {
    return EnumSet.allOf(Metric.class).stream()
        .filter(
            metric ->
                contenders.stream().anyMatch(c -> results.summary(workload, c, metric).isPresent()))
        .toList();
  }

  private static Optional<String> note(Workload workload) {
    return switch (workload) {
      case Workload.Load load ->
          Optional.of(
              ("The baseline is `%s`, measured anew right before each server. Median of the"
                      + " repeats, least and greatest in parentheses.")
                  .formatted(load.reference()));
      case Workload.IdleMemory _ ->
          Optional.of(
              "Each connection has had two answers. Every JVM has a heap of fixed size that was"
                  + " touched beforehand: what resident memory grows by lies outside it. The live"
                  + " heap is read after a full collection."
                  + " Kernel memory is not counted.");
      case Workload.IdleActive _ -> Optional.of("The rate alone is the mean of before and after.");
      case Workload.StartUp _ ->
          Optional.of("Not pinned to a core; polled every half millisecond.");
    };
  }
}
