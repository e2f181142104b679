package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SlicesTest {
  private static final long MILLI = 1_000_000;

  @Test
  void each_slice_has_what_was_due_in_it_whenever_it_was_answered() {
    Slices slices = new Slices(300 * MILLI, 5_000 * MILLI);
    for (long at : new long[] {0, 99, 100, 299}) {
      slices.due(at * MILLI);
    }
    slices.good(299 * MILLI, 7 * MILLI);
    slices.good(0, 4_000 * MILLI);
    slices.good(99 * MILLI, 2 * MILLI);

    assertThat(slices.all()).extracting(LoadReport.Slice::due).containsExactly(2L, 1L, 1L);
    assertThat(slices.all()).extracting(LoadReport.Slice::good).containsExactly(2L, 0L, 1L);
    assertThat(slices.all().get(0).maxMillis()).isCloseTo(4_000, within(40.0));
    assertThat(slices.all().get(1).maxMillis()).isZero();
    assertThat(slices.all().get(2).p99Millis()).isCloseTo(7, within(0.1));
  }

  @Test
  void a_slice_that_is_closed_keeps_its_figures_and_its_histogram_serves_another() {
    Slices slices = new Slices(250 * MILLI, 1_000 * MILLI);
    slices.good(50 * MILLI, 30 * MILLI);
    slices.close(99 * MILLI);
    slices.good(51 * MILLI, 60 * MILLI);
    slices.close(100 * MILLI);
    slices.good(150 * MILLI, 5 * MILLI);

    assertThat(slices.all()).hasSize(3);
    assertThat(slices.all().get(0).maxMillis()).isCloseTo(60, within(1.0));
    assertThat(slices.all().get(1).maxMillis()).isCloseTo(5, within(0.1));
  }
}
