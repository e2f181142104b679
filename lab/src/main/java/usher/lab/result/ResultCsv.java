package usher.lab.result;

import java.math.BigDecimal;

/// The figures of a result as a table of comma-separated values (RFC 4180), for a spreadsheet: a
/// row for each workload, subject and metric, in the order of the run. Curves are in the JSON only.
///
/// Numbers are written whole, with a point and without an exponent.
public final class ResultCsv {
  private static final String HEADER = "workload,subject,metric,unit,median,low,high,repeats";

  private ResultCsv() {}

  /// All rows, the header first; each ends with CR LF, as the RFC has it.
  public static String of(LabResult result) {
    var text = new StringBuilder(HEADER).append("\r\n");
    for (Cell cell : result.cells()) {
      for (Metric metric : Metric.values()) {
        cell.figure(metric).ifPresent(figure -> row(text, cell, metric, figure));
      }
    }
    return text.toString();
  }

  private static void row(StringBuilder text, Cell cell, Metric metric, Estimate figure) {
    text.append(quoted(cell.workload())).append(',');
    text.append(quoted(cell.subject())).append(',');
    text.append(metric.name()).append(',');
    text.append(quoted(metric.unit())).append(',');
    text.append(number(figure.median())).append(',');
    text.append(number(figure.low())).append(',');
    text.append(number(figure.high())).append(',');
    text.append(figure.repeats()).append("\r\n");
  }

  private static String number(double figure) {
    return Double.isFinite(figure)
        ? BigDecimal.valueOf(figure).stripTrailingZeros().toPlainString()
        : Double.toString(figure);
  }

  private static String quoted(String field) {
    boolean bare = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return bare ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
