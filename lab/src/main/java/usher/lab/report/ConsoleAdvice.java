package usher.lab.report;

import java.util.ArrayList;
import java.util.List;
import usher.lab.recommend.Advice;
import usher.lab.recommend.Exclusion;
import usher.lab.recommend.Overall;
import usher.lab.recommend.Recommendation;

/// A recommendation for the terminal: for each workload who is named, by which rule, the margin and
/// who is out; then for all together, with the reasons and what would change it. The rest is in the
/// report.
public final class ConsoleAdvice {
  private final StringBuilder text = new StringBuilder();
  private final int width;

  private ConsoleAdvice(int width) {
    this.width = width;
  }

  /// The text, each line ended and wrapped at the width; a single word may be longer.
  ///
  /// @param width columns of the terminal; at least 40 are taken
  public static String of(Recommendation recommendation, int width) {
    var advice = new ConsoleAdvice(Math.max(40, width));
    recommendation.workloads().forEach(advice::workload);
    recommendation.overall().ifPresent(advice::overall);
    return advice.text.toString();
  }

  private void workload(Advice advice) {
    line(
        "",
        advice.workload()
            + ": "
            + advice.named().orElse("none")
            + ", by "
            + advice.decidedBy().label());
    if (!advice.margin().isEmpty()) {
      line("  ", "margin: " + advice.margin());
    }
    List<String> out = new ArrayList<>();
    for (Exclusion exclusion : advice.excluded()) {
      out.add(exclusion.subject() + " (" + exclusion.rule().label() + ")");
    }
    if (!out.isEmpty()) {
      line("  ", "out: " + String.join(", ", out));
    }
  }

  private void overall(Overall overall) {
    line("", "for all workloads: " + overall.named().orElse("none"));
    overall.reasons().forEach(reason -> line("  ", reason));
    overall.changes().forEach(change -> line("  ", change));
  }

  /// Wrapped between words; what follows the first line stands two further in.
  private void line(String indent, String words) {
    var line = new StringBuilder(indent);
    boolean begun = false;
    for (String word : Html.printable(words).split("\\s+", -1)) {
      if (begun && line.length() + 1 + word.length() > width) {
        text.append(line).append('\n');
        line = new StringBuilder(indent).append("  ");
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    text.append(line).append('\n');
  }
}
