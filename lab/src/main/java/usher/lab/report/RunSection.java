package usher.lab.report;

import java.util.List;
import usher.lab.result.LabResult;

/// What one must know to believe the figures, and to measure them again.
final class RunSection {
  private RunSection() {}

  static void write(Html html, LabResult result) {
    html.open("section", "id", "run").leaf("h2", "The run");
    html.leaf("h3", "The load generator's check of itself");
    html.leaf("p", RunFacts.generator(result));
    List<String> warnings = RunFacts.warnings(result);
    html.leaf("h3", "Warnings and remarks");
    if (warnings.isEmpty()) {
      html.leaf("p", "None.");
    } else {
      html.open("ul", "class", "warnings");
      warnings.forEach(warning -> html.leaf("li", warning));
      html.close("ul");
    }
    html.leaf("h3", "Machine and versions").open("dl");
    for (RunFacts.Fact fact : RunFacts.machine(result)) {
      html.open("div").leaf("dt", fact.name()).leaf("dd", fact.value()).close("div");
    }
    html.close("dl");
    html.leaf("h3", "To repeat it");
    html.open("pre", "tabindex", "0").leaf("code", result.command()).close("pre");
    html.leaf("h3", "How to read the figures");
    html.open("ul");
    html.leaf(
        "li",
        "Latencies count from when a request was due, not from when it could be sent: a server that"
            + " stalls cannot hide the requests that had to wait for it.");
    html.leaf(
        "li",
        "An interval is all that the repeats showed where they are fewer than six, and a 95%"
            + " confidence interval of the median where there are more.");
    html.leaf(
        "li",
        "No difference: the intervals overlap, or the medians differ by less than a floor (5% for"
            + " counters, 10% for rates, 20% for latencies; twice that up to three repeats), or by"
            + " less than anybody notices.");
    html.close("ul").close("section");
  }
}
