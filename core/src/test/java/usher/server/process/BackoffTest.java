package usher.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BackoffTest {
  private final Backoff backoff = new Backoff(100, 350);

  @Test
  void each_early_death_doubles_the_pause_up_to_the_most() {
    assertThat(backoff.pauses(0)).isFalse();
    assertThat(backoff.diedYoung(0)).isEqualTo(100);
    assertThat(backoff.pauses(99)).isTrue();
    assertThat(backoff.pauses(100)).isFalse();
    assertThat(backoff.diedYoung(100)).isEqualTo(200);
    assertThat(backoff.diedYoung(300)).isEqualTo(350);
    assertThat(backoff.diedYoung(650)).isEqualTo(350);
  }

  @Test
  void deaths_during_a_pause_count_once() {
    assertThat(backoff.diedYoung(0)).isEqualTo(100);
    assertThat(backoff.diedYoung(99)).isZero();
    assertThat(backoff.pauses(100)).isFalse();
    assertThat(backoff.diedYoung(100)).isEqualTo(200);
  }

  @Test
  void a_child_that_proves_itself_ends_the_pause_and_what_came_before() {
    backoff.diedYoung(0);
    backoff.diedYoung(100);
    backoff.proved();
    assertThat(backoff.pauses(101)).isFalse();
    assertThat(backoff.diedYoung(102)).isEqualTo(100);
  }
}
