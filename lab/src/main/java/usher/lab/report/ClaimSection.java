package usher.lab.report;

import java.util.Locale;
import usher.lab.claim.Claims;
import usher.lab.claim.Finding;
import usher.lab.result.LabResult;

/// Every claim with its verdict and the figures.
final class ClaimSection {
  private ClaimSection() {}

  static void write(Html html, LabResult result) {
    html.open("section", "id", "claims").leaf("h2", "What textbooks say");
    html.leaf("p", "Verdicts are about this machine and these workloads.", "class", "note");
    html.open("ol", "class", "claims");
    for (Finding finding : Claims.of(result)) {
      String kind = finding.verdict().name().toLowerCase(Locale.ROOT);
      html.open("li", "class", kind, "data-claim", Integer.toString(finding.number()));
      html.open("p", "class", "claim").leaf("span", finding.claim());
      html.open("strong", "class", "verdict");
      html.leaf("span", mark(finding.verdict()), "aria-hidden", "true");
      html.text(" " + finding.verdict().label()).close("strong").close("p");
      html.leaf("p", finding.figures(), "class", "note").close("li");
    }
    html.close("ol").close("section");
  }

  private static String mark(Finding.Verdict verdict) {
    return switch (verdict) {
      case HOLDS -> "✓";
      case FAILS -> "✗";
      case UNMEASURED -> "–";
    };
  }
}
