package usher.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import usher.lab.result.Cell;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.Wording;
import usher.lab.result.WorkloadNote;

/// Every figure of every workload, with its interval.
final class WorkloadSection {
  private WorkloadSection() {}

  static void write(Html html, LabResult result) {
    html.open("section", "id", "workloads").leaf("h2", "Every workload, every figure");
    for (WorkloadNote workload : result.workloads()) {
      List<Metric> columns = Columns.of(result, workload.name());
      if (!columns.isEmpty()) {
        workload(html, result, workload, columns);
      }
    }
    html.close("section");
  }

  private static void workload(
      Html html, LabResult result, WorkloadNote workload, List<Metric> columns) {
    html.open("section", "class", "workload", "data-workload", workload.name());
    html.leaf("h3", workload.name());
    html.leaf("p", workload.description() + " " + RunFacts.terms(workload));
    if (!workload.parameters().isEmpty()) {
      html.leaf("p", RunFacts.parameters(workload), "class", "meta");
    }
    Tables.open(html, "Figures of " + workload.name());
    html.open("thead").open("tr").leaf("th", "model", "scope", "col");
    List<Set<String>> best = new ArrayList<>();
    for (Metric metric : columns) {
      Tables.head(html, metric.label(), Wording.unit(metric));
      best.add(Level.best(result, workload.name(), metric));
    }
    html.close("tr").close("thead").open("tbody");
    for (String subject : result.subjects()) {
      result.cell(subject, workload.name()).ifPresent(cell -> row(html, cell, columns, best));
    }
    html.close("tbody");
    Tables.close(html);
    html.close("section");
  }

  private static void row(Html html, Cell cell, List<Metric> columns, List<Set<String>> best) {
    html.open("tr", "data-subject", cell.subject()).leaf("th", cell.subject(), "scope", "row");
    for (int i = 0; i < columns.size(); i++) {
      Metric metric = columns.get(i);
      if (cell.figure(metric).isPresent()) {
        Tables.figure(html, metric, cell.figure(metric).get(), cell.subject(), best.get(i), 0);
      } else {
        Tables.none(html);
      }
    }
    html.close("tr");
  }
}
