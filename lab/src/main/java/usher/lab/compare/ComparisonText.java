package usher.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import usher.lab.compare.Change.Verdict;
import usher.lab.result.Estimate;
import usher.lab.result.Metric;
import usher.lab.result.Wording;

/// A [Comparison] for the terminal: what is worse, then what is better, then how many are neither,
/// and the warnings. No colours, no control characters: names come from a file.
public final class ComparisonText {
  private ComparisonText() {}

  /// The whole text, each line ended.
  public static String of(Comparison comparison) {
    var text = new StringBuilder();
    for (String warning : comparison.warnings()) {
      text.append("warning: ").append(printable(warning)).append('\n');
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "workload", "model", "figure", "was", "is", "change"));
    for (Verdict verdict : List.of(Verdict.WORSE, Verdict.BETTER)) {
      comparison.changes().stream()
          .filter(change -> change.verdict() == verdict)
          .forEach(change -> rows.add(row(change)));
    }
    if (rows.size() > 1) {
      table(text, rows);
    }
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count = comparison.count(verdict);
      if (count > 0) {
        counts.add(count + " " + verdict.label());
      }
    }
    text.append(counts.isEmpty() ? "no figures" : String.join(", ", counts)).append('\n');
    return text.toString();
  }

  private static List<String> row(Change change) {
    return List.of(
        change.verdict().label(),
        printable(change.workload()),
        printable(change.subject()),
        change.metric().label(),
        cell(change.metric(), change.old()),
        cell(change.metric(), change.now()),
        change.share().map(ComparisonText::percent).orElse(""));
  }

  private static String cell(Metric metric, Optional<Estimate> figure) {
    return figure.map(estimate -> Wording.of(metric, estimate.median())).orElse("–");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%+.0f%%", share * 100);
  }

  private static void table(StringBuilder text, List<List<String>> rows) {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        line.append(i < 4 ? row.get(i) + pad : pad + row.get(i)).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
