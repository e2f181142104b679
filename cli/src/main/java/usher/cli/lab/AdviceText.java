package usher.cli.lab;

import java.util.List;
import usher.cli.console.Style;
import usher.cli.console.Terminal;
import usher.lab.recommend.Advice;
import usher.lab.recommend.Overall;
import usher.lab.recommend.Recommendation;

/// The recommendation on the terminal: a line or two for each workload, then what fits all.
public final class AdviceText {
  private AdviceText() {}

  /// As text that ends without a line feed.
  public static String of(Recommendation recommendation, Terminal terminal) {
    StringBuilder text = new StringBuilder();
    text.append('\n').append(terminal.onOut(Style.BOLD, "Which fits")).append('\n');
    for (Advice advice : recommendation.workloads()) {
      text.append(
          String.format(
              "  %-10s %s  %s%n",
              advice.workload(),
              terminal.onOut(Style.GREEN, advice.named().orElse("none")),
              advice.margin()));
    }
    recommendation.overall().ifPresent(overall -> all(text, overall, terminal));
    return text.toString().stripTrailing();
  }

  private static void all(StringBuilder text, Overall overall, Terminal terminal) {
    text.append('\n')
        .append("  for all of them: ")
        .append(terminal.onOut(Style.GREEN, overall.named().orElse("none")))
        .append('\n');
    lines(text, overall.reasons());
    if (!overall.changes().isEmpty()) {
      text.append("  what would change it:\n");
      lines(text, overall.changes());
    }
  }

  private static void lines(StringBuilder text, List<String> all) {
    all.forEach(line -> text.append("    ").append(line).append('\n'));
  }
}
