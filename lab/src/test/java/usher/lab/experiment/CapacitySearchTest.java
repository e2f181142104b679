package usher.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CapacitySearchTest {
  private final List<Double> tried = new ArrayList<>();

  private double search(double guess, double ceiling, double capacity) throws Exception {
    return search(guess, 0, ceiling, capacity);
  }

  private double search(double guess, double floor, double ceiling, double capacity)
      throws Exception {
    return CapacitySearch.search(
        guess,
        floor,
        ceiling,
        10,
        rate -> {
          tried.add(rate);
          return rate <= capacity;
        });
  }

  @ParameterizedTest
  @CsvSource({"1000", "800", "1250", "3000", "200", "90", "40"})
  void what_is_found_is_met_and_close_to_what_can_be(double capacity) throws Exception {
    double found = search(1000, 10_000, capacity);
    assertThat(found).isLessThanOrEqualTo(capacity);
    assertThat(found).isGreaterThan(capacity * (capacity >= 500 ? 0.85 : 0.5));
    assertThat(tried).hasSizeLessThanOrEqualTo(15);
  }

  @Test
  void nothing_is_above_the_ceiling() throws Exception {
    assertThat(search(1000, 1_500, 1e9)).isEqualTo(1_500);
    assertThat(tried).allMatch(rate -> rate <= 1_500);
  }

  @ParameterizedTest
  @CsvSource({"500, 500", "499, 0", "501, 500"})
  void nothing_is_tried_below_the_floor(double capacity, double found) throws Exception {
    assertThat(search(1000, 500, 10_000, capacity)).isEqualTo(found);
    assertThat(tried).allMatch(rate -> rate >= 500).contains(500.0);
  }

  @Test
  void a_guess_below_the_floor_is_the_floor() throws Exception {
    assertThat(search(1, 5, 10, 1e9)).isEqualTo(10);
    assertThat(search(1, 5, 10, 0)).isZero();
  }

  @Test
  void who_meets_nothing_has_none() throws Exception {
    assertThat(search(1000, 10_000, 0)).isZero();
    assertThat(tried).hasSizeLessThan(10);
  }
}
