package usher.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StatusTest {
  @Test
  void an_end_is_told_as_exit_code_or_signal() {
    assertThat(Status.words(0)).isEqualTo("with exit code 0");
    assertThat(Status.words(0x300)).isEqualTo("with exit code 3");
    assertThat(Status.words(0xff00)).isEqualTo("with exit code 255");
    assertThat(Status.words(9)).isEqualTo("by signal 9");
    assertThat(Status.words(0x8b)).isEqualTo("by signal 11");
  }
}
