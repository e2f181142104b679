package usher.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.lab.claim.Claims;
import usher.lab.fixture.Realistic;
import usher.lab.fixture.Synthetic;
import usher.lab.recommend.Recommendation;
import usher.lab.recommend.Wishes;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.ResultFile;
import usher.lab.result.Wording;

final class ReportFilesTest {
  @TempDir Path folder;

  @Test
  void writes_four_files_into_a_folder_that_it_makes_and_over_older_ones() throws IOException {
    LabResult result = Realistic.result();
    Path reports = folder.resolve("a/b");
    ReportFiles.write(new Synthetic().result(), reports);
    ReportFiles.write(result, reports);
    try (var files = Files.list(reports)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("report.html", "report.md", "result.json", "result.csv");
    }
    assertThat(ResultFile.read(reports.resolve("result.json"))).isEqualTo(result);
    assertThat(reports.resolve("report.html")).content().startsWith("<!DOCTYPE html>");
    assertThat(reports.resolve("result.csv")).content().startsWith("workload,subject,metric");
  }

  @Test
  void the_markdown_has_every_figure_every_advice_and_every_claim() {
    LabResult result = Realistic.result();
    Recommendation recommendation = Recommendation.of(result, Wishes.NONE);
    String text = MarkdownReport.of(result, recommendation);
    result
        .cells()
        .forEach(
            cell ->
                cell.figures()
                    .forEach(
                        (metric, figure) ->
                            assertThat(text).contains(Wording.bare(metric, figure.median()))));
    recommendation
        .workloads()
        .forEach(
            advice ->
                assertThat(text)
                    .contains("### " + advice.workload() + ": " + advice.named().orElse("none"))
                    .contains(advice.reasons()));
    Claims.of(result).forEach(finding -> assertThat(text).contains(finding.figures()));
    assertThat(text).contains("```sh\n./usher lab --seed 42\n```");
  }

  @Test
  void names_cannot_become_markup_of_the_markdown() {
    LabResult result =
        new Synthetic().figure("a|b\n# c", "<img src=x>*_[l](u)`", Metric.CAPACITY, 10).result();
    String text = MarkdownReport.of(result, Recommendation.of(result, Wishes.NONE));
    assertThat(text)
        .contains("a\\|b # c")
        .contains("&lt;img src=x&gt;\\*\\_\\[l\\](u)\\`")
        .doesNotContain("<img")
        .doesNotContain("\n# c");
  }

  @Test
  void no_metric_was_forgotten_in_the_tables() {
    assertThat(Columns.complete()).isTrue();
  }
}
