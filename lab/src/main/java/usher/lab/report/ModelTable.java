package usher.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import usher.lab.result.Estimate;
import usher.lab.result.LabResult;
import usher.lab.result.Wording;

/// The textbook's table of models, with figures in place of adjectives.
final class ModelTable {
  private ModelTable() {}

  static void write(Html html, LabResult result) {
    List<Columns.Column> columns = Columns.textbook(result);
    html.open("section", "id", "models").leaf("h2", "The models, measured");
    if (columns.isEmpty()) {
      html.leaf("p", "Nothing was measured.").close("section");
      return;
    }
    html.open("p", "class", "note").text("Medians, with their intervals below. ");
    html.leaf("strong", "Bold");
    html.text(
        " is the best of a column; where several are bold, there is no difference between them."
            + " No bold: no difference at all. The bar shows the share of the column's greatest.");
    html.close("p");
    Tables.open(html, "The models, measured");
    html.open("thead").open("tr").leaf("th", "model", "scope", "col");
    List<Set<String>> best = new ArrayList<>();
    List<Double> greatest = new ArrayList<>();
    for (Columns.Column column : columns) {
      Tables.head(html, column.head(), Wording.unit(column.metric()), column.workload());
      best.add(Level.best(result, column.workload(), column.metric()));
      greatest.add(
          result.subjects().stream()
              .flatMap(subject -> figure(result, subject, column).stream())
              .mapToDouble(Estimate::median)
              .max()
              .orElse(0));
    }
    Tables.head(html, "code", "lines", "of the model");
    html.close("tr").close("thead").open("tbody");
    for (String subject : result.subjects()) {
      html.open("tr", "data-subject", subject).leaf("th", subject, "scope", "row");
      for (int i = 0; i < columns.size(); i++) {
        Optional<Estimate> figure = figure(result, subject, columns.get(i));
        if (figure.isPresent()) {
          Tables.figure(
              html, columns.get(i).metric(), figure.get(), subject, best.get(i), greatest.get(i));
        } else {
          Tables.none(html);
        }
      }
      lines(html, subject);
      html.close("tr");
    }
    html.close("tbody");
    Tables.close(html);
    html.close("section");
  }

  private static void lines(Html html, String subject) {
    OptionalInt lines = ModelLines.of(subject);
    if (lines.isPresent()) {
      html.leaf("td", Integer.toString(lines.getAsInt()), "class", "figure");
    } else {
      Tables.none(html);
    }
  }

  private static Optional<Estimate> figure(
      LabResult result, String subject, Columns.Column column) {
    return result.cell(subject, column.workload()).flatMap(cell -> cell.figure(column.metric()));
  }
}
