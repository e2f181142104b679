package usher.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void pads_the_columns_and_sets_figures_to_the_right() {
    Table table = new Table(1, List.of("server", "µs"));
    table.add(List.of("c", "4.07"));
    table.add(List.of("event-loop", "14.10"));
    assertThat(table.markdown())
        .isEqualTo(
            """
            | server     |    µs |
            | ---------- | ----: |
            | c          |  4.07 |
            | event-loop | 14.10 |
            """);
  }

  @Test
  void a_short_column_still_has_a_rule_of_three() {
    assertThat(new Table(0, List.of("x")).markdown()).isEqualTo("|   x |\n| --: |\n");
  }

  @Test
  void what_would_break_the_table_is_escaped() {
    Table table = new Table(2, List.of("a", "b"));
    table.add(List.of("x|y", "two\nlines"));
    assertThat(table.markdown()).endsWith("| x\\|y | two lines |\n");
  }

  @Test
  void a_row_of_another_length_is_refused() {
    Table table = new Table(1, List.of("a", "b"));
    assertThatThrownBy(() -> table.add(List.of("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 cells under 2 titles");
  }
}
