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
    return CapacitySearch.<RuntimeException>search(
        guess,
        ceiling,
        rate -> {
          tried.add(rate);
          return rate <= capacity;
        });
  }

  @ParameterizedTest
  @CsvSource({"1000", "800", "1250", "3000", "200", "90", "20"})
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

  @Test
  void who_meets_nothing_has_none() throws Exception {
    assertThat(search(1000, 10_000, 0)).isZero();
    assertThat(tried).hasSizeLessThan(10);
  }
}
