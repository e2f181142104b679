package usher.bench.overload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;

  private static final Tally TALLY =
      new Tally(
          List.of(
              new Shot(0, Shot.End.GOOD, 3 * MILLI),
              new Shot(SECOND, Shot.End.SHED, MILLI),
              new Shot(2 * SECOND, Shot.End.LATE, MILLI),
              new Shot(3 * SECOND, Shot.End.GOOD, MILLI),
              new Shot(3 * SECOND, Shot.End.GOOD, 2 * MILLI)),
          6 * SECOND);

  @Test
  void counts_only_good_answers_as_goodput() {
    assertThat(TALLY.goodput()).isEqualTo(0.5);
    assertThat(TALLY.count(Shot.End.SHED)).isOne();
  }

  @Test
  void latencies_are_those_of_good_answers() {
    assertThat(TALLY.millis(0)).isEqualTo(1);
    assertThat(TALLY.millis(0.5)).isEqualTo(2);
    assertThat(TALLY.millis(0.99)).isEqualTo(3);
    assertThat(new Tally(List.of(), SECOND).millis(0.5)).isZero();
  }

  @Test
  void has_recovered_after_the_last_that_was_not_good() {
    assertThat(TALLY.lastBad()).isEqualTo(2);
    assertThat(new Tally(List.of(new Shot(SECOND, Shot.End.GOOD, 1)), SECOND).lastBad()).isZero();
  }
}
