package usher.lab.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import usher.lab.recommend.Recommendation;
import usher.lab.result.LabResult;

/// `report.html`: one file that fetches nothing and runs no script, which its security policy says
/// too; light or dark as the reader's system is, light on paper.
///
/// ```
///   header ─ the answer in a sentence
///   ModelTable ─ the textbook's table
///   AdviceSection ─ recommendation, margin, what would change it
///   PlotSection ─ plots, with their points as tables
///   WorkloadSection ─ every figure with its interval
///   ClaimSection ─ what textbooks say
///   RunSection ─ the generator, warnings, machine, how to repeat it
/// ```
final class HtmlReport {
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none';"
          + " form-action 'none'";

  private HtmlReport() {}

  static String of(LabResult result, Recommendation recommendation) {
    var html = new Html();
    html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    html.raw("<meta charset=\"utf-8\">\n");
    html.open("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.leaf("title", "Which model fits · usher lab, " + RunFacts.when(result));
    html.raw("<style>\n" + styleSheet() + "</style>\n");
    html.close("head").open("body");
    html.leaf("a", "To the figures", "class", "skip", "href", "#models");
    header(html, result, recommendation);
    html.open("main");
    ModelTable.write(html, result);
    AdviceSection.write(html, recommendation);
    PlotSection.write(html, result);
    WorkloadSection.write(html, result);
    ClaimSection.write(html, result);
    RunSection.write(html, result);
    html.close("main").close("body").close("html");
    return html.toString();
  }

  private static void header(Html html, LabResult result, Recommendation recommendation) {
    html.open("header").leaf("h1", "Which model fits");
    recommendation
        .overall()
        .flatMap(overall -> overall.named())
        .ifPresent(
            named ->
                html.open("p", "class", "answer")
                    .text("For all workloads together: ")
                    .leaf("strong", named)
                    .leaf("a", "why, and what would change it", "href", "#recommendation")
                    .close("p"));
    html.leaf(
        "p",
        "%d models and servers, %d workloads, repeats: %d · %s, %d cores · %s"
            .formatted(
                result.subjects().size(),
                result.workloads().size(),
                result.repeats(),
                result.machine().processor(),
                result.machine().cores(),
                RunFacts.when(result)),
        "class",
        "meta");
    html.open("nav", "aria-label", "Contents");
    link(html, "models", "Models");
    link(html, "recommendation", "Recommendation");
    link(html, "plots", "Plots");
    link(html, "workloads", "Workloads");
    link(html, "claims", "Claims");
    link(html, "run", "The run");
    html.close("nav").close("header");
  }

  private static void link(Html html, String target, String text) {
    html.leaf("a", text, "href", "#" + target);
  }

  private static String styleSheet() {
    try (InputStream sheet =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
      return new String(sheet.readAllBytes(), UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
