package usher.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import usher.lab.claim.Claims;
import usher.lab.fixture.Realistic;
import usher.lab.fixture.Synthetic;
import usher.lab.recommend.Recommendation;
import usher.lab.recommend.Wishes;
import usher.lab.result.Cell;
import usher.lab.result.Curve;
import usher.lab.result.Estimate;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.Wording;

final class HtmlReportTest {
  private static final LabResult RESULT = Realistic.result();
  private static final String HTML = html(RESULT);
  private static final Document PAGE = Jsoup.parse(HTML);

  @Test
  void is_well_formed() {
    Parser parser = Parser.htmlParser().setTrackErrors(20);
    parser.parseInput(HTML, "");
    assertThat(parser.getErrors()).isEmpty();
  }

  @Test
  void refers_to_nothing_outside_and_runs_nothing() {
    assertThat(HTML).doesNotContain("http:").doesNotContain("https:").doesNotContain("url(");
    assertThat(PAGE.select("script, link, iframe, object, embed, img, [src], [onclick]")).isEmpty();
    assertThat(PAGE.select("[href]")).allMatch(link -> link.attr("href").startsWith("#"));
    assertThat(PAGE.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'; style-src 'unsafe-inline';")
        .doesNotContain("script-src");
  }

  @Test
  void links_within_the_page_lead_somewhere_and_no_id_is_there_twice() {
    PAGE.select("[href]")
        .forEach(
            link -> assertThat(PAGE.select(link.attr("href"))).as(link.attr("href")).hasSize(1));
    Set<String> ids = new HashSet<>();
    assertThat(PAGE.select("[id]").eachAttr("id")).allMatch(ids::add);
  }

  @Test
  void shows_the_parts_in_the_order_in_which_they_are_wanted() {
    assertThat(PAGE.select("main > section").eachAttr("id"))
        .containsExactly("models", "recommendation", "plots", "workloads", "claims", "run");
    assertThat(PAGE.select("html").attr("lang")).isEqualTo("en");
    int level = 0;
    for (Element heading : PAGE.select("h1, h2, h3, h4")) {
      int next = heading.tagName().charAt(1) - '0';
      assertThat(next).as(heading.text()).isLessThanOrEqualTo(level + 1);
      level = next;
    }
    assertThat(PAGE.select("h1")).hasSize(1);
  }

  @Test
  void each_figure_of_each_cell_is_there_with_its_interval() {
    for (Cell cell : RESULT.cells()) {
      cell.figures()
          .forEach(
              (metric, figure) -> {
                Element shown =
                    PAGE.expectFirst(
                        "[data-workload=%s] tr[data-subject=\"%s\"] td[data-metric=%s]"
                            .formatted(cell.workload(), cell.subject(), metric));
                assertThat(shown.child(0).text()).isEqualTo(Wording.bare(metric, figure.median()));
                String low = Wording.bare(metric, figure.low());
                String high = Wording.bare(metric, figure.high());
                if (!low.equals(high)) {
                  assertThat(shown.select(".interval").text()).isEqualTo(low + "–" + high);
                }
              });
    }
  }

  @Test
  void the_first_table_has_a_row_for_each_model_and_marks_what_is_level() {
    assertThat(PAGE.select("#models tbody tr").eachAttr("data-subject"))
        .isEqualTo(RESULT.subjects());
    assertThat(PAGE.select("#models thead th").eachText())
        .contains("rate requests/s hello", "p99 beside heavy requests ms mixed");
    List<String> level =
        PAGE.select("[data-workload=hello] td.best[data-metric=CAPACITY]").parents().stream()
            .filter(parent -> parent.tagName().equals("tr"))
            .map(row -> row.attr("data-subject"))
            .toList();
    assertThat(level)
        .containsExactlyInAnyOrder("event-loop", "event-loops", "prefork(2, event-loop)");
    assertThat(PAGE.select("#models td.best .hidden").eachText()).contains("level with the best");
  }

  @Test
  void the_recommendation_is_there_with_margin_and_what_would_change_it() {
    Recommendation recommendation = Recommendation.of(RESULT, Wishes.NONE);
    recommendation
        .workloads()
        .forEach(
            advice -> {
              Element card = PAGE.expectFirst("[data-advice=" + advice.workload() + "]");
              assertThat(card.text())
                  .contains(advice.named().orElse("none"))
                  .contains(advice.margin())
                  .contains(advice.changes());
            });
    assertThat(PAGE.select(".overall").text())
        .contains(recommendation.overall().orElseThrow().reasons());
  }

  @Test
  void all_claims_have_their_verdict_and_figures() {
    assertThat(PAGE.select("[data-claim]")).hasSize(13);
    Claims.of(RESULT)
        .forEach(
            finding ->
                assertThat(PAGE.select("[data-claim=" + finding.number() + "]").text())
                    .contains(finding.claim(), finding.verdict().label(), finding.figures()));
  }

  @Test
  void plots_are_drawn_for_wide_and_narrow_and_have_their_points_as_tables() {
    assertThat(PAGE.select("svg.wide")).hasSize(8 + 6);
    assertThat(PAGE.select("svg.narrow")).hasSize(8 + 6);
    assertThat(PAGE.select("svg"))
        .allMatch(svg -> svg.attr("role").equals("img") && !svg.attr("aria-label").isEmpty());
    Element percentiles =
        PAGE.select("figure").stream()
            .filter(
                figure ->
                    figure
                        .select("svg")
                        .attr("aria-label")
                        .equals("Latency percentiles under mixed"))
            .findFirst()
            .orElseThrow();
    assertThat(percentiles.select("svg.wide text").eachText())
        .contains("90%", "99%", "99.9%", "99.99%", "event-loop", "latency, ms");
    assertThat(percentiles.select("details td").eachText()).contains("99.9%");
  }

  @Test
  void the_run_can_be_repeated_and_doubted() {
    assertThat(PAGE.select("#run").text())
        .contains("./usher lab --seed 42")
        .contains("Example CPU @ 2.4 GHz", "25.0.1 (Temurin)", "-Xmx512m", "0.1.0 (abc1234)")
        .contains("41,000 requests/s", "the generator itself was at 82%")
        .contains("shared a core", "process-per-connection under idle");
  }

  @Test
  void names_cannot_become_markup() {
    String evil = "<script>alert('x')</script>\"><b onclick=\"y\">&\u0007\u001b[31m";
    LabResult result =
        new Synthetic()
            .figure(evil, evil, Metric.CAPACITY, 10)
            .figure(evil, evil + "2", Metric.CAPACITY, 20)
            .curve(evil, evil, Curve.Kind.PERCENTILES, 0, 1, 0.9, 2)
            .remark(evil, evil, evil)
            .remark(evil)
            .warning(evil)
            .result();
    String html = html(result);
    Document page = Jsoup.parse(html);
    assertThat(page.select("script, b, [onclick]")).isEmpty();
    assertThat(html).doesNotContain("\u001b").doesNotContain("\u0007");
    assertThat(page.expectFirst("#models tbody th").text())
        .isEqualTo("<script>alert('x')</script>\"><b onclick=\"y\">&\ufffd\ufffd[31m");
    Parser parser = Parser.htmlParser().setTrackErrors(20);
    parser.parseInput(html, "");
    assertThat(parser.getErrors()).isEmpty();
  }

  @Test
  void a_result_with_nothing_or_with_little_is_shown_all_the_same() {
    Document empty = Jsoup.parse(html(new Synthetic().result()));
    assertThat(empty.select("#models").text()).contains("Nothing was measured.");
    LabResult little =
        new Synthetic()
            .figure("mine", "one", Metric.CAPACITY, Estimate.of(0))
            .curve("mine", "one", Curve.Kind.RATE_BY_CONNECTIONS, 1, 0)
            .curve("mine", "one", Curve.Kind.PERCENTILES, 1, 0)
            .result();
    Document page = Jsoup.parse(html(little));
    assertThat(page.select("#models tbody td").eachText()).contains("0");
    assertThat(page.select("[data-advice=mine]").text()).contains("none");
  }

  @Test
  void two_runs_of_the_report_give_the_same_bytes() {
    assertThat(html(RESULT)).isEqualTo(HTML);
  }

  private static String html(LabResult result) {
    return HtmlReport.of(result, Recommendation.of(result, Wishes.NONE));
  }
}
