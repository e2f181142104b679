package usher.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SteadinessTest {
  @Test
  void it_rises_while_the_last_rate_is_well_above_all_others() {
    Steadiness steadiness = new Steadiness();
    steadiness.add(100);
    assertThat(steadiness.rising()).isFalse();
    steadiness.add(107);
    assertThat(steadiness.rising()).isFalse();
    steadiness.add(120);
    assertThat(steadiness.rising()).isTrue();
    steadiness.add(110);
    assertThat(steadiness.rising()).isFalse();
  }

  private final Steadiness steadiness = new Steadiness();

  @Test
  void two_rates_say_nothing() {
    assertThat(steadiness.add(100)).isFalse();
    assertThat(steadiness.add(100)).isFalse();
    assertThat(steadiness.add(100)).isTrue();
  }

  @Test
  void a_rate_that_rises_is_not_steady() {
    for (double rate = 100; rate < 200; rate *= 1.1) {
      assertThat(steadiness.add(rate)).isFalse();
    }
  }

  @Test
  void eight_percent_apart_is_steady_and_nine_is_not() {
    steadiness.add(92);
    steadiness.add(96);
    assertThat(steadiness.add(100)).isTrue();
    var other = new Steadiness();
    other.add(91);
    other.add(95);
    assertThat(other.add(100)).isFalse();
  }

  @Test
  void a_rate_that_falls_rises_no_more() {
    steadiness.add(100);
    steadiness.add(80);
    assertThat(steadiness.add(60)).isTrue();
  }
}
