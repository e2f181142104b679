package usher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  @Test
  void takes_the_least_and_the_greatest() {
    assertThat(Admission.DEFAULT.withPerAddress(1).perAddress()).isOne();
    assertThat(Admission.DEFAULT.withAcceptRate(0).acceptRate()).isZero();
    assertThat(Admission.DEFAULT.withQueueTime(Duration.ZERO).queueTime()).isZero();
    assertThat(Admission.DEFAULT.withTarget(Duration.ofDays(365)).target()).hasDays(365);
  }

  @Test
  void refuses_what_lies_beyond() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Admission.DEFAULT.withPerAddress(0))
        .withMessageContaining("perAddress");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Admission.DEFAULT.withAcceptRate(-1))
        .withMessageContaining("acceptRate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Admission.DEFAULT.withQueueTime(Duration.ofNanos(-1)))
        .withMessageContaining("queueTime");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Admission.DEFAULT.withTarget(Duration.ofDays(366)))
        .withMessageContaining("target");
  }
}
