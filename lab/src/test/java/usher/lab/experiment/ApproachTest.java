package usher.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

final class ApproachTest {
  private static List<Integer> steps(int most, IntToDoubleFunction rate) {
    Approach approach = new Approach(1, most);
    List<Integer> steps = new ArrayList<>();
    OptionalInt next = OptionalInt.of(approach.connections());
    while (next.isPresent()) {
      steps.add(next.getAsInt());
      next = approach.next(rate.applyAsDouble(next.getAsInt()));
    }
    assertThat(approach.connections()).isEqualTo(steps.getLast());
    return steps;
  }

  @Test
  void a_fast_server_is_given_all_even_if_it_gains_nothing() {
    assertThat(steps(64, _ -> 20_000)).containsExactly(1, 64);
  }

  @Test
  void one_that_waits_in_line_is_given_few() {
    assertThat(steps(64, _ -> 20)).containsExactly(1, 8);
  }

  @Test
  void one_that_waits_side_by_side_is_given_all_however_long_each_takes() {
    assertThat(steps(64, connections -> connections * 0.5)).containsExactly(1, 4, 16, 64);
  }

  @Test
  void a_pool_is_given_what_it_can_seat_and_one_step_more() {
    assertThat(steps(256, connections -> Math.min(connections, 4) * 2.0)).containsExactly(1, 4, 16);
  }

  @Test
  void a_few_are_given_at_once() {
    Approach approach = new Approach(2, 2);
    assertThat(approach.connections()).isEqualTo(2);
    assertThat(approach.next(100)).isEmpty();
    assertThat(approach.enough()).isFalse();
  }

  @Test
  void it_says_whether_more_would_be_of_no_use() {
    Approach approach = new Approach(1, 64);
    assertThat(approach.next(20)).hasValue(8);
    assertThat(approach.enough()).isFalse();
    assertThat(approach.next(20)).isEmpty();
    assertThat(approach.enough()).isTrue();
  }

  @Test
  void the_last_step_is_as_long_as_there_are_connections() {
    assertThat(steps(10, connections -> connections * 1.0)).containsExactly(1, 4, 10);
    assertThat(steps(1, _ -> 1_000)).containsExactly(1);
  }

  @Test
  void one_that_does_not_answer_is_tried_twice() {
    assertThat(steps(64, _ -> 0)).containsExactly(1, 4);
  }
}
