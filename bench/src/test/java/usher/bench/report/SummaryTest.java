package usher.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  @Test
  void of_an_odd_number_the_median_is_the_middle_one() {
    assertThat(Summary.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Summary(2, 1, 9, 3));
  }

  @Test
  void of_an_even_number_it_is_the_mean_of_the_two_in_the_middle() {
    assertThat(Summary.of(List.of(4.0, 9.0, 1.0, 2.0))).isEqualTo(new Summary(3, 1, 9, 4));
  }

  @Test
  void of_one_it_is_that_one() {
    assertThat(Summary.of(List.of(7.0))).isEqualTo(new Summary(7, 7, 7, 1));
  }

  @Test
  void of_none_or_of_what_is_not_a_number_there_is_none() {
    assertThatThrownBy(() -> Summary.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Summary.of(List.of(1.0, Double.NaN)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
