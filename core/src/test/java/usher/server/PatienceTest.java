package usher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PatienceTest {
  @Test
  void is_from_never_to_a_year() {
    assertThat(Patience.DEFAULT.withLoop(Duration.ZERO).loop()).isZero();
    assertThat(Patience.DEFAULT.withThread(Duration.ofDays(365)).thread()).hasDays(365);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Patience.DEFAULT.withLoop(Duration.ofNanos(-1)))
        .withMessageContaining("loop");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Patience.DEFAULT.withThread(Duration.ofDays(365).plusNanos(1)))
        .withMessageContaining("thread");
  }
}
