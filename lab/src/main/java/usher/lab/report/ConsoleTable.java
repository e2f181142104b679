package usher.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import usher.lab.result.Cell;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.Wording;

/// One workload as a table for the terminal: a row for each subject, medians only.
///
/// `*` marks the best of a column, and `≈` each of those between which there is no difference. With
/// colours these are bold too; without, no escape sequence is written. Columns that do not fit the
/// width are left out, the last first.
public final class ConsoleTable {
  private static final int NAME = 24;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("req/s max", Metric.CAPACITY),
          new Column("clients", Metric.CLIENTS),
          new Column("light p99", Metric.LIGHT_P99),
          new Column("p50 ms", Metric.COMMON_P50),
          new Column("p99 ms", Metric.COMMON_P99),
          new Column("CPU µs", Metric.CPU),
          new Column("MiB", Metric.RESIDENT),
          new Column("KiB/conn", Metric.CONNECTION_MEMORY),
          new Column("threads", Metric.THREADS),
          new Column("procs", Metric.PROCESSES));

  private record Column(String head, Metric metric) {}

  private ConsoleTable() {}

  /// The table, each line ended and none longer than the width; empty where the workload has no
  /// cells.
  ///
  /// @param width columns of the terminal; at least 40 are taken
  /// @param colours whether the terminal has them
  public static String of(LabResult result, String workload, int width, boolean colours) {
    List<Cell> cells = new ArrayList<>();
    for (String subject : result.subjects()) {
      result.cell(subject, workload).ifPresent(cells::add);
    }
    if (cells.isEmpty()) {
      return "";
    }
    List<List<String>> columns = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of(workload));
    cells.forEach(cell -> names.add(cell.subject()));
    columns.add(names.stream().map(ConsoleTable::name).toList());
    int room = Math.max(40, width) - longest(columns.getFirst());
    for (Column column : COLUMNS) {
      if (cells.stream().anyMatch(cell -> cell.figure(column.metric()).isPresent())) {
        List<String> filled = column(result, workload, column, cells);
        room -= longest(filled) + 2;
        if (room < 0) {
          break;
        }
        columns.add(filled);
      }
    }
    return text(columns, colours) + remarks(cells, Math.max(40, width));
  }

  private static List<String> column(
      LabResult result, String workload, Column column, List<Cell> cells) {
    Set<String> best = Level.best(result, workload, column.metric());
    List<String> filled = new ArrayList<>(List.of(column.head() + " "));
    for (Cell cell : cells) {
      Optional<String> figure =
          cell.figure(column.metric())
              .map(estimate -> Wording.bare(column.metric(), estimate.median()));
      String mark = best.contains(cell.subject()) ? best.size() == 1 ? "*" : "≈" : " ";
      filled.add(figure.orElse("–") + mark);
    }
    return filled;
  }

  private static String text(List<List<String>> columns, boolean colours) {
    var text = new StringBuilder();
    for (int row = 0; row < columns.getFirst().size(); row++) {
      var line = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        String entry = columns.get(i).get(row);
        String pad = " ".repeat(longest(columns.get(i)) - entry.length());
        boolean marked = i > 0 && (entry.endsWith("*") || entry.endsWith("≈"));
        String shown = colours && (marked || row == 0) ? "\u001b[1m" + entry + "\u001b[0m" : entry;
        line.append(i == 0 ? shown + pad : "  " + pad + shown);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String remarks(List<Cell> cells, int width) {
    var text = new StringBuilder();
    for (Cell cell : cells) {
      for (String remark : cell.remarks()) {
        String line = "  " + name(cell.subject()) + ": " + flat(remark);
        text.append(line, 0, Math.min(width, line.length())).append('\n');
      }
    }
    return text.toString();
  }

  private static String name(String name) {
    String flat = flat(name);
    return flat.length() <= NAME ? flat : flat.substring(0, NAME - 1) + "…";
  }

  private static String flat(String text) {
    return Html.printable(text).replace('\n', ' ');
  }

  private static int longest(List<String> column) {
    return column.stream().mapToInt(String::length).max().orElse(0);
  }
}
