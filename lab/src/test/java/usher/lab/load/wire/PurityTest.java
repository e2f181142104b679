package usher.lab.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import usher.testkit.Purity;

/// The schedule and the reader of answers touch no socket, thread, clock or random source.
final class PurityTest {
  @Test
  void what_is_sent_when_and_how_answers_are_judged_is_pure() {
    Purity purity = Purity.of("usher", "usher.lab.load.wire").beside(Schedule.class);

    assertThat(purity.classes())
        .contains("usher.lab.load.wire.Schedule", "usher.lab.load.wire.HttpAnswer");
    assertThat(purity.findings()).isEmpty();
  }
}
