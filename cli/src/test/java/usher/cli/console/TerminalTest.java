package usher.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  @Test
  void colours_are_wanted_on_a_terminal_that_can_show_them() {
    assertThat(Terminal.wantsColours(Map.of("TERM", "xterm"))).isTrue();
    assertThat(Terminal.wantsColours(Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.wantsColours(Map.of())).isFalse();
  }

  @Test
  void no_color_is_respected_unless_empty() {
    assertThat(Terminal.wantsColours(Map.of("TERM", "xterm", "NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.wantsColours(Map.of("TERM", "xterm", "NO_COLOR", ""))).isTrue();
  }

  @Test
  void failure_is_one_line_whatever_went_into_it() {
    assertThat(Failure.failed("this\n  went\r\nwrong").line()).isEqualTo("this went wrong");
  }
}
