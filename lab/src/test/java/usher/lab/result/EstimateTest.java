package usher.lab.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EstimateTest {
  @Test
  void few_repeats_span_all_that_was_seen() {
    assertThat(Estimate.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Estimate(2, 1, 3, 3));
    assertThat(of(5)).isEqualTo(new Estimate(3, 1, 5, 5));
  }

  @Test
  void the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
    assertThat(Estimate.of(List.of(4.0, 1.0))).isEqualTo(new Estimate(2.5, 1, 4, 2));
  }

  @Test
  void more_repeats_leave_the_ends_out_as_far_as_the_tables_of_order_statistics_say() {
    // Conover, Practical Nonparametric Statistics: n = 8, 9 leave out none or one; 10 leaves one;
    // 20 leaves five.
    assertThat(of(8)).isEqualTo(new Estimate(4.5, 1, 8, 8));
    assertThat(of(9)).isEqualTo(new Estimate(5, 2, 8, 9));
    assertThat(of(10)).isEqualTo(new Estimate(5.5, 2, 9, 10));
    assertThat(of(20)).isEqualTo(new Estimate(10.5, 6, 15, 20));
  }

  @Test
  void intervals_that_touch_overlap() {
    var low = new Estimate(2, 1, 3, 3);
    assertThat(low.overlaps(new Estimate(4, 3, 5, 3))).isTrue();
    assertThat(low.overlaps(new Estimate(4, 3.1, 5, 3))).isFalse();
    assertThat(new Estimate(4, 3.1, 5, 3).overlaps(low)).isFalse();
  }

  @Test
  void what_is_no_figure_is_refused() {
    assertThatThrownBy(() -> Estimate.of(List.of())).hasMessageContaining("no figures");
    assertThatThrownBy(() -> Estimate.of(List.of(1.0, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Estimate of(int n) {
    return Estimate.of(
        DoubleStream.iterate(1, figure -> figure + 1).limit(n).boxed().toList().subList(0, n));
  }

  @Test
  void the_order_of_the_repeats_does_not_matter() {
    var up = IntStream.rangeClosed(1, 12).asDoubleStream().boxed().toList();
    assertThat(Estimate.of(up.reversed())).isEqualTo(Estimate.of(up));
  }
}
