package usher.lab.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import usher.lab.recommend.Recommendation;
import usher.lab.recommend.Wishes;
import usher.lab.result.LabResult;
import usher.lab.result.ResultCsv;
import usher.lab.result.ResultFile;

/// The files of a run: `report.html`, `report.md`, `result.json` and `result.csv`, in one folder.
public final class ReportFiles {
  private ReportFiles() {}

  /// Writes all four, without wishes.
  ///
  /// @throws IOException if one cannot be written
  public static void write(LabResult result, Path folder) throws IOException {
    write(result, Wishes.NONE, folder);
  }

  /// Writes all four, in place of those of an earlier run; the folder is made where there is none.
  /// What was measured comes first, so that it is safe whatever happens to the rest.
  ///
  /// @throws IOException if one cannot be written
  public static void write(LabResult result, Wishes wishes, Path folder) throws IOException {
    Files.createDirectories(folder);
    ResultFile.write(result, folder.resolve("result.json"));
    Files.writeString(folder.resolve("result.csv"), ResultCsv.of(result), UTF_8);
    Recommendation recommendation = Recommendation.of(result, wishes);
    Files.writeString(
        folder.resolve("report.md"), MarkdownReport.of(result, recommendation), UTF_8);
    Files.writeString(folder.resolve("report.html"), HtmlReport.of(result, recommendation), UTF_8);
  }
}
