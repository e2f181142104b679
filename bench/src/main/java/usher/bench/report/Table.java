package usher.bench.report;

import java.util.ArrayList;
import java.util.List;

/// A Markdown table whose columns are padded, so that it reads well as plain text, too. The first
/// columns are set to the left, the others to the right.
final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private final int left;

  /// @param left how many columns are set to the left
  /// @param head the titles of the columns
  Table(int left, List<String> head) {
    this.left = left;
    rows.add(List.copyOf(head));
  }

  /// Adds a row.
  ///
  /// @throws IllegalArgumentException if it has not as many cells as the head
  void add(List<String> cells) {
    if (cells.size() != rows.getFirst().size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells under " + rows.getFirst().size() + " titles");
    }
    rows.add(cells.stream().map(Table::escape).toList());
  }

  /// The table, every line ended by a line feed.
  String markdown() {
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(Math.max(widths[c], 3), row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      List<String> cells = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        cells.add(pad(rows.get(r).get(c), widths[c], c < left));
      }
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
      if (r == 0) {
        text.append(rule(widths));
      }
    }
    return text.toString();
  }

  private String rule(int[] widths) {
    StringBuilder line = new StringBuilder("|");
    for (int c = 0; c < widths.length; c++) {
      line.append(' ').append("-".repeat(widths[c] - 1)).append(c < left ? "- |" : ": |");
    }
    return line.append('\n').toString();
  }

  private static String pad(String text, int width, boolean left) {
    String blanks = " ".repeat(width - text.length());
    return left ? text + blanks : blanks + text;
  }

  /// A bar would end the cell, and a line feed the row.
  private static String escape(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
