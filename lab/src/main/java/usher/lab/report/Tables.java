package usher.lab.report;

import java.util.Locale;
import java.util.Set;
import usher.lab.result.Estimate;
import usher.lab.result.Metric;
import usher.lab.result.Wording;

/// Parts that tables of the page share.
final class Tables {
  private Tables() {}

  /// Begins a table that scrolls within itself, by keyboard too.
  static void open(Html html, String label) {
    html.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", label);
    html.open("table");
  }

  static void close(Html html) {
    html.close("table").close("div");
  }

  /// A column's head: what, and below it its unit and other notes, each on a line.
  static void head(Html html, String what, String... notes) {
    html.open("th", "scope", "col", "class", "figure").text(what);
    for (String note : notes) {
      if (!note.isEmpty()) {
        html.raw("<br>").leaf("span", note, "class", "unit");
      }
    }
    html.close("th");
  }

  /// A figure with its interval, marked where it is level with the best.
  ///
  /// @param greatest of the column, for the bar below; 0 for none
  static void figure(
      Html html,
      Metric metric,
      Estimate figure,
      String subject,
      Set<String> best,
      double greatest) {
    boolean top = best.contains(subject);
    html.open("td", "class", top ? "figure best" : "figure", "data-metric", metric.name());
    html.open(top ? "strong" : "span").text(Wording.bare(metric, figure.median()));
    html.close(top ? "strong" : "span");
    if (top) {
      html.leaf("span", best.size() == 1 ? " best" : " level with the best", "class", "hidden");
    }
    String low = Wording.bare(metric, figure.low());
    String high = Wording.bare(metric, figure.high());
    if (!low.equals(high)) {
      html.leaf("span", low + "–" + high, "class", "interval");
    }
    if (greatest > 0) {
      String width = String.format(Locale.ROOT, "--w:%.3f", figure.median() / greatest);
      html.leaf("span", "", "class", "bar", "style", width, "aria-hidden", "true");
    }
    html.close("td");
  }

  static void none(Html html) {
    html.open("td", "class", "figure none").text("–").close("td");
  }
}
