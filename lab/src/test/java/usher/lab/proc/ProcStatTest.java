package usher.lab.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcStatTest {
  private static final String REST =
      " S 1 4711 4711 0 -1 4194560 900 0 0 0 120 34 5 6 20 0 17 0 98765 1024 2048";

  @Test
  void sums_user_and_system_time_of_the_process_and_of_its_ended_children() {
    assertThat(ProcStat.parse("4711 (java)" + REST)).isEqualTo(new ProcStat(4711, 165, 11));
  }

  @Test
  void a_program_name_may_hold_blanks_and_parentheses() {
    assertThat(ProcStat.parse("4711 (a) b (c) 1 2)" + REST)).isEqualTo(new ProcStat(4711, 165, 11));
  }

  @Test
  void a_line_that_ends_right_after_the_last_field_that_counts_is_enough() {
    String line = "1 (x) S 1 1 1 0 -1 0 0 0 0 0 1 2 3 4";
    assertThat(ProcStat.parse(line)).isEqualTo(new ProcStat(1, 10, 7));
    assertThatThrownBy(() -> ProcStat.parse(line.substring(0, line.length() - 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too few fields");
  }

  @Test
  void anything_else_is_refused() {
    assertThatThrownBy(() -> ProcStat.parse("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProcStat.parse("4711 java" + REST))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
