package usher.lab.report;

import java.util.List;
import usher.lab.recommend.Advice;
import usher.lab.recommend.Exclusion;
import usher.lab.recommend.Overall;
import usher.lab.recommend.Recommendation;
import usher.lab.recommend.Standing;
import usher.lab.recommend.Wishes;
import usher.lab.result.Metric;
import usher.lab.result.Wording;

/// The recommendation: for all workloads, then a card for each.
final class AdviceSection {
  private AdviceSection() {}

  static void write(Html html, Recommendation recommendation) {
    html.open("section", "id", "recommendation").leaf("h2", "Recommendation");
    html.leaf("p", wishes(recommendation.wishes()), "class", "note");
    recommendation.overall().ifPresent(overall -> overall(html, overall));
    if (!recommendation.workloads().isEmpty()) {
      html.leaf("h3", "For each workload").open("div", "class", "cards");
      recommendation.workloads().forEach(advice -> card(html, advice));
      html.close("div");
    }
    html.close("section");
  }

  private static String wishes(Wishes wishes) {
    var text =
        new StringBuilder(
            "Constraints first, then the rate, the tail, the cost, and what is simpler; never a winner inside the noise.");
    if (wishes.isolation()) {
      text.append(" Wanted: isolation.");
    }
    wishes
        .memory()
        .ifPresent(
            most ->
                text.append(" Wanted: at most ")
                    .append(Wording.of(Metric.RESIDENT, most))
                    .append('.'));
    wishes
        .rate()
        .ifPresent(
            least ->
                text.append(" Wanted: ").append(Wording.of(Metric.CAPACITY, least)).append('.'));
    return text.toString();
  }

  private static void overall(Html html, Overall overall) {
    html.open("div", "class", "overall");
    html.open("p", "class", "named").text("For all workloads: ");
    html.leaf("strong", overall.named().orElse("none")).close("p");
    list(html, overall.reasons());
    changes(html, overall.changes());
    html.close("div");
    html.open("details").leaf("summary", "How each does where it does worst");
    Tables.open(html, "How each does where it does worst");
    html.open("thead").open("tr");
    html.leaf("th", "model", "scope", "col");
    html.leaf("th", "smallest share of the best rate", "scope", "col", "class", "figure");
    html.leaf("th", "under", "scope", "col");
    html.leaf("th", "constraints missed", "scope", "col");
    html.close("tr").close("thead").open("tbody");
    for (Standing standing : overall.standings()) {
      boolean known = !standing.worst().isEmpty();
      html.open("tr").leaf("th", standing.subject(), "scope", "row");
      html.leaf(
          "td", known ? Wording.number(standing.least() * 100) + "%" : "–", "class", "figure");
      html.leaf("td", known ? standing.worst() : "–");
      html.leaf("td", standing.failed().isEmpty() ? "none" : String.join(", ", standing.failed()));
      html.close("tr");
    }
    html.close("tbody");
    Tables.close(html);
    html.close("details");
  }

  private static void card(Html html, Advice advice) {
    html.open("article", "class", "card", "data-advice", advice.workload());
    html.leaf("h4", advice.workload());
    html.open("p", "class", "named").leaf("strong", advice.named().orElse("none"));
    html.leaf("span", advice.decidedBy().label(), "class", "rule").close("p");
    if (!advice.margin().isEmpty()) {
      html.leaf("p", "Margin: " + advice.margin(), "class", "margin");
    }
    list(html, advice.reasons());
    if (!advice.excluded().isEmpty()) {
      html.leaf("p", "Out", "class", "label").open("ul");
      for (Exclusion out : advice.excluded()) {
        html.open("li").text(out.subject() + ": " + out.reason() + ". ");
        html.leaf("span", out.rule().label(), "class", "rule").close("li");
      }
      html.close("ul");
    }
    changes(html, advice.changes());
    html.close("article");
  }

  private static void changes(Html html, List<String> changes) {
    if (!changes.isEmpty()) {
      html.leaf("p", "What would change it", "class", "label");
      list(html, changes);
    }
  }

  private static void list(Html html, List<String> items) {
    html.open("ul");
    items.forEach(item -> html.leaf("li", item));
    html.close("ul");
  }
}
