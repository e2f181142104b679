package usher.lab.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static usher.lab.result.Metric.CAPACITY;

import org.junit.jupiter.api.Test;
import usher.lab.fixture.Synthetic;

final class OverallTest {
  private final Synthetic run = new Synthetic();

  @Test
  void the_one_that_loses_least_where_it_does_worst_is_named() {
    rates("hello", "event-loop", 20_000, "virtual-threads", 12_000, "thread-pool", 9_000);
    rates("wait", "event-loop", 20, "virtual-threads", 10_000, "thread-pool", 1_200);
    Overall overall = overall(Wishes.NONE);
    assertThat(overall.named()).contains("virtual-threads");
    assertThat(overall.level()).containsExactly("virtual-threads");
    assertThat(overall.reasons())
        .containsExactly(
            "virtual-threads meets the constraints of every workload.",
            "It loses least where it does worst: under hello it serves 60% of the best rate.",
            "Next is thread-pool: 12% of the best rate under wait.");
    assertThat(overall.changes()).containsExactly("If all requests were as in hello: event-loop.");
  }

  @Test
  void shares_within_a_tenth_are_level_and_the_simpler_is_named() {
    rates("hello", "event-loop", 10_000, "event-loop-workers", 8_000, "thread-pool", 7_010);
    rates("wait", "event-loop", 10, "event-loop-workers", 100, "thread-pool", 100);
    Overall overall = overall(Wishes.NONE);
    assertThat(overall.level()).containsExactly("thread-pool", "event-loop-workers");
    assertThat(overall.reasons())
        .contains(
            "No difference in that between thread-pool, event-loop-workers; thread-pool is named"
                + " because it is simpler.");
    run.figure("hello", "thread-pool", CAPACITY, 6_990);
    assertThat(overall(Wishes.NONE).level()).containsExactly("event-loop-workers");
  }

  @Test
  void a_missing_cell_counts_as_missed_constraints() {
    rates("hello", "event-loop", 20_000, "virtual-threads", 10_000);
    rates("wait", "virtual-threads", 10_000);
    Overall overall = overall(Wishes.NONE);
    assertThat(overall.named()).contains("virtual-threads");
    assertThat(overall.standings().getLast().failed()).containsExactly("wait");
    assertThat(overall.reasons().getLast())
        .isEqualTo(
            "Next is event-loop: it misses the constraints of wait; 100% of the best rate under hello.");
  }

  @Test
  void who_misses_the_fewest_is_named_where_nobody_meets_all() {
    rates("hello", "event-loop", 20_000, "virtual-threads", 0);
    rates("wait", "event-loop", 0, "virtual-threads", 5_000);
    rates("file", "event-loop", 0, "virtual-threads", 5_000);
    Overall overall = overall(Wishes.NONE);
    assertThat(overall.named()).contains("virtual-threads");
    assertThat(overall.reasons().getFirst())
        .isEqualTo(
            "No model meets the constraints of every workload; virtual-threads misses the fewest:"
                + " hello.");
  }

  @Test
  void a_workload_that_nobody_meets_is_left_out() {
    rates("hello", "event-loop", 20_000, "virtual-threads", 10_000);
    rates("compute", "event-loop", 0, "virtual-threads", 0);
    Overall overall = overall(Wishes.NONE);
    assertThat(overall.named()).contains("event-loop");
    assertThat(overall.reasons())
        .contains(
            "It loses nothing there: its rate is level with the best.",
            "Left out, as nobody meets its constraints: compute.");
  }

  @Test
  void with_isolation_another_is_named_and_without_it_is_said_what_it_costs() {
    rates("hello", "event-loop", 20_000, "prefork(2, event-loop)", 10_000);
    assertThat(overall(Wishes.NONE).changes())
        .containsExactly("If a handler may crash, leak or exit: prefork(2, event-loop).");
    Overall isolated = overall(Wishes.NONE.isolated(true));
    assertThat(isolated.named()).contains("prefork(2, event-loop)");
    assertThat(isolated.changes()).containsExactly("Without isolation: event-loop.");
  }

  private void rates(String workload, Object... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      run.figure(workload, (String) pairs[i], CAPACITY, ((Integer) pairs[i + 1]).doubleValue());
    }
  }

  private Overall overall(Wishes wishes) {
    return Recommendation.of(run.result(), wishes).overall().orElseThrow();
  }
}
