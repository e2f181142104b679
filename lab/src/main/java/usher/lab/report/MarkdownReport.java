package usher.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import usher.lab.claim.Claims;
import usher.lab.claim.Finding;
import usher.lab.recommend.Advice;
import usher.lab.recommend.Recommendation;
import usher.lab.result.Cell;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.Wording;
import usher.lab.result.WorkloadNote;

/// `report.md`: the same as the HTML, without its plots.
final class MarkdownReport {
  private final StringBuilder text = new StringBuilder();
  private final LabResult result;

  private MarkdownReport(LabResult result) {
    this.result = result;
  }

  static String of(LabResult result, Recommendation recommendation) {
    var report = new MarkdownReport(result);
    report.line("# Which model fits", "");
    report.line(
        escape(
            "Measured on %s, %s; repeats: %s."
                .formatted(result.machine().processor(), RunFacts.when(result), result.repeats())),
        "");
    report.textbook();
    report.recommendation(recommendation);
    report.workloads();
    report.claims();
    report.run();
    return report.text.toString();
  }

  private void textbook() {
    List<Columns.Column> columns = Columns.textbook(result);
    if (columns.isEmpty()) {
      return;
    }
    line("## The models, measured", "");
    line("Medians. **Bold** is best; where several are, there is no difference between them.", "");
    List<String> head = new ArrayList<>(List.of("model"));
    for (Columns.Column column : columns) {
      String unit = Wording.unit(column.metric());
      head.add(
          column.head() + (unit.isEmpty() ? "" : ", " + unit) + " (" + column.workload() + ")");
    }
    head.add("lines of code");
    head(head);
    for (String subject : result.subjects()) {
      List<String> row = new ArrayList<>(List.of(escape(subject)));
      for (Columns.Column column : columns) {
        Set<String> best = Level.best(result, column.workload(), column.metric());
        row.add(
            result
                .cell(subject, column.workload())
                .flatMap(cell -> cell.figure(column.metric()))
                .map(figure -> Wording.bare(column.metric(), figure.median()))
                .map(figure -> best.contains(subject) ? "**" + figure + "**" : figure)
                .orElse("–"));
      }
      OptionalInt lines = ModelLines.of(subject);
      row.add(lines.isPresent() ? Integer.toString(lines.getAsInt()) : "–");
      row(row);
    }
    line("");
  }

  private void recommendation(Recommendation recommendation) {
    line("## Recommendation", "");
    recommendation
        .overall()
        .ifPresent(
            overall -> {
              line(
                  "For all workloads together: **%s**."
                      .formatted(escape(overall.named().orElse("none"))),
                  "");
              list(overall.reasons());
              changes(overall.changes());
            });
    for (Advice advice : recommendation.workloads()) {
      line(
          "### %s: %s".formatted(escape(advice.workload()), escape(advice.named().orElse("none"))),
          "");
      line(
          "Decided by: " + advice.decidedBy().label() + ". " + "Margin: " + escape(margin(advice)),
          "");
      list(advice.reasons());
      list(
          advice.excluded().stream()
              .map(
                  out ->
                      "Out by "
                          + out.rule().label()
                          + ": "
                          + out.subject()
                          + ", "
                          + out.reason()
                          + ".")
              .toList());
      changes(advice.changes());
    }
  }

  private static String margin(Advice advice) {
    return advice.margin().isEmpty() ? "none." : advice.margin();
  }

  private void changes(List<String> changes) {
    if (!changes.isEmpty()) {
      line("What would change it:", "");
      list(changes);
    }
  }

  private void workloads() {
    line("## Every workload", "");
    for (WorkloadNote workload : result.workloads()) {
      List<Metric> columns = Columns.of(result, workload.name());
      if (columns.isEmpty()) {
        continue;
      }
      line("### " + escape(workload.name()), "");
      line(escape(workload.description() + " " + RunFacts.terms(workload)), "");
      if (!workload.parameters().isEmpty()) {
        line("Parameters: " + escape(RunFacts.parameters(workload)) + ".", "");
      }
      List<String> head = new ArrayList<>(List.of("model"));
      columns.forEach(
          metric -> {
            String unit = Wording.unit(metric);
            head.add(metric.label() + (unit.isEmpty() ? "" : ", " + unit));
          });
      head(head);
      for (String subject : result.subjects()) {
        result.cell(subject, workload.name()).ifPresent(cell -> row(cells(cell, columns)));
      }
      line("");
    }
  }

  private static List<String> cells(Cell cell, List<Metric> columns) {
    List<String> row = new ArrayList<>(List.of(escape(cell.subject())));
    for (Metric metric : columns) {
      row.add(
          cell.figure(metric)
              .map(
                  figure ->
                      Wording.bare(metric, figure.median())
                          + (figure.low() == figure.high()
                              ? ""
                              : " ("
                                  + Wording.bare(metric, figure.low())
                                  + "–"
                                  + Wording.bare(metric, figure.high())
                                  + ")"))
              .orElse("–"));
    }
    return row;
  }

  private void claims() {
    line("## What textbooks say", "");
    head(List.of("", "claim", "verdict", "figures"));
    for (Finding finding : Claims.of(result)) {
      row(
          List.of(
              Integer.toString(finding.number()),
              escape(finding.claim()),
              "**" + finding.verdict().label() + "**",
              escape(finding.figures())));
    }
    line("");
  }

  private void run() {
    line("## The run", "");
    line(escape(RunFacts.generator(result)), "");
    list(RunFacts.warnings(result));
    head(List.of("", ""));
    RunFacts.machine(result).forEach(fact -> row(List.of(fact.name(), escape(fact.value()))));
    line(
        "",
        "To repeat it:",
        "",
        "```sh",
        Html.printable(result.command()).replace('\n', ' '),
        "```");
  }

  private void head(List<String> names) {
    row(names.stream().map(MarkdownReport::escape).toList());
    line("|" + "---|".repeat(names.size()));
  }

  private void row(List<String> cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void list(List<String> items) {
    if (!items.isEmpty()) {
      line(items.stream().map(item -> "- " + escape(item)).collect(Collectors.joining("\n")), "");
    }
  }

  private void line(String... lines) {
    for (String line : lines) {
      text.append(line).append('\n');
    }
  }

  /// So that a name is neither markup nor the end of a table's cell.
  private static String escape(String plain) {
    return Html.printable(plain)
        .replace('\n', ' ')
        .replaceAll("([\\\\`*_\\[\\]|])", "\\\\$1")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
