package usher.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import usher.lab.fixture.Synthetic;
import usher.lab.result.Metric;

final class LevelTest {
  private final Synthetic run = new Synthetic();

  @Test
  void the_best_and_all_that_do_not_differ_from_it_are_marked() {
    run.figure("hello", "a", Metric.CPU, 10)
        .figure("hello", "b", Metric.CPU, 10.2)
        .figure("hello", "c", Metric.CPU, 20)
        .figure("other", "d", Metric.CPU, 1);
    assertThat(Level.best(run.result(), "hello", Metric.CPU)).containsExactly("a", "b");
  }

  @Test
  void higher_is_better_for_rates() {
    run.figure("hello", "a", Metric.CAPACITY, 10).figure("hello", "b", Metric.CAPACITY, 20);
    assertThat(Level.best(run.result(), "hello", Metric.CAPACITY)).containsExactly("b");
  }

  @Test
  void nobody_is_marked_where_all_are_level_or_only_one_was_measured() {
    run.figure("hello", "a", Metric.CPU, 10).figure("hello", "b", Metric.CPU, 10.2);
    assertThat(Level.best(run.result(), "hello", Metric.CPU)).isEmpty();
    run.figure("hello", "a", Metric.THREADS, 10);
    assertThat(Level.best(run.result(), "hello", Metric.THREADS)).isEmpty();
  }
}
