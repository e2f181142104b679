package usher.lab.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static usher.lab.result.Metric.CAPACITY;
import static usher.lab.result.Metric.CLIENTS;
import static usher.lab.result.Metric.COMMON_P99;
import static usher.lab.result.Metric.CPU;
import static usher.lab.result.Metric.FAILED;
import static usher.lab.result.Metric.LIGHT_P99;
import static usher.lab.result.Metric.RESIDENT;
import static usher.lab.result.Metric.THREADS;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import usher.lab.fixture.Synthetic;
import usher.lab.result.Metric;
import usher.lab.result.Objective;
import usher.lab.result.WorkloadNote;

final class RecommendationTest {
  private final Synthetic run = new Synthetic().workload("hello", 2000);

  @Test
  void the_highest_rate_wins_with_its_margin() {
    hello("event-loop", CAPACITY, 18_000);
    hello("virtual-threads", CAPACITY, 10_000);
    hello("iterative", CAPACITY, 5_000);
    Advice advice = advice(Wishes.NONE);
    assertThat(advice.named()).contains("event-loop");
    assertThat(advice.decidedBy()).isEqualTo(Rule.CAPACITY);
    assertThat(advice.level()).containsExactly("event-loop");
    assertThat(advice.margin())
        .isEqualTo("1.8 times the highest rate within the objective of virtual-threads, the next.");
    assertThat(advice.reasons())
        .containsExactly(
            "event-loop has the highest rate within the objective: 18,000 requests/s (17,800 to"
                + " 18,200); next is virtual-threads (10,000 requests/s).");
  }

  @Test
  void inside_the_noise_there_is_no_winner_and_the_simpler_is_named() {
    hello("event-loop", CAPACITY, 10_500);
    hello("virtual-threads", CAPACITY, 10_000);
    Advice advice = advice(Wishes.NONE);
    assertThat(advice.named()).contains("virtual-threads");
    assertThat(advice.decidedBy()).isEqualTo(Rule.SIMPLICITY);
    assertThat(advice.level()).containsExactly("virtual-threads", "event-loop");
    assertThat(advice.margin())
        .isEqualTo("none, no difference between virtual-threads and event-loop.");
    assertThat(advice.reasons().getLast())
        .isEqualTo(
            "No difference between virtual-threads and event-loop in what was measured;"
                + " virtual-threads is named because it is simpler.");
  }

  @Test
  void level_rates_are_decided_by_the_tail_then_cpu_then_memory_then_threads() {
    for (String subject : new String[] {"virtual-threads", "event-loop"}) {
      hello(subject, CAPACITY, 10_000);
      hello(subject, COMMON_P99, 4);
      hello(subject, CPU, 10);
      hello(subject, RESIDENT, 60);
      hello(subject, THREADS, 8);
    }
    assertThat(advice(Wishes.NONE).decidedBy()).isEqualTo(Rule.SIMPLICITY);
    hello("event-loop", THREADS, 3);
    assertThat(advice(Wishes.NONE).decidedBy()).isEqualTo(Rule.THREADS);
    hello("event-loop", RESIDENT, 50);
    assertThat(advice(Wishes.NONE).decidedBy()).isEqualTo(Rule.RESIDENT);
    hello("event-loop", CPU, 9);
    assertThat(advice(Wishes.NONE).decidedBy()).isEqualTo(Rule.CPU);
    assertThat(advice(Wishes.NONE).named()).contains("event-loop");
    hello("virtual-threads", COMMON_P99, 2);
    Advice advice = advice(Wishes.NONE);
    assertThat(advice.decidedBy()).isEqualTo(Rule.TAIL);
    assertThat(advice.named()).contains("virtual-threads");
    assertThat(advice.margin())
        .isEqualTo("the p99 at the common rate of event-loop, the next, is 2 times as much.");
  }

  @Test
  void light_requests_beside_heavy_ones_are_the_tail_that_counts() {
    hello("event-loop", CAPACITY, 10_000);
    hello("event-loop", COMMON_P99, 2);
    hello("event-loop", LIGHT_P99, 40);
    hello("event-loop-workers", CAPACITY, 10_000);
    hello("event-loop-workers", COMMON_P99, 10);
    hello("event-loop-workers", LIGHT_P99, 3);
    assertThat(advice(Wishes.NONE).named()).contains("event-loop-workers");
  }

  @Test
  void a_rule_that_not_all_have_a_figure_for_is_not_asked() {
    hello("event-loop", CAPACITY, 10_000);
    hello("virtual-threads", CAPACITY, 10_000);
    hello("event-loop", CPU, 1);
    assertThat(advice(Wishes.NONE).decidedBy()).isEqualTo(Rule.SIMPLICITY);
  }

  @Test
  void who_wants_isolation_gets_a_model_with_processes_at_any_price() {
    hello("event-loop", CAPACITY, 20_000);
    hello("prefork(2, event-loop)", CAPACITY, 9_000);
    Advice advice = advice(Wishes.NONE.isolated(true));
    assertThat(advice.named()).contains("prefork(2, event-loop)");
    assertThat(advice.decidedBy()).isEqualTo(Rule.ALONE);
    assertThat(advice.excluded())
        .containsExactly(
            new Exclusion("event-loop", Rule.ISOLATION, "it serves all clients in one process"));
    assertThat(advice.changes()).contains("Without isolation: event-loop, with 20,000 requests/s.");
    assertThat(advice(Wishes.NONE).changes())
        .contains(
            "If a handler may crash, leak or exit and the other clients must not notice:"
                + " prefork(2, event-loop), with 9,000 requests/s.");
  }

  @Test
  void who_is_certainly_over_the_objective_at_the_common_rate_is_out() {
    hello("event-loop", CAPACITY, 20_000);
    hello("iterative", CAPACITY, 30_000);
    run.figure("hello", "iterative", COMMON_P99, 60, 50, 70);
    assertThat(advice(Wishes.NONE).named()).contains("iterative");
    run.figure("hello", "iterative", COMMON_P99, 60, 50.1, 70);
    Advice advice = advice(Wishes.NONE);
    assertThat(advice.named()).contains("event-loop");
    assertThat(advice.excluded().getFirst().rule()).isEqualTo(Rule.OBJECTIVE);
    assertThat(advice.excluded().getFirst().reason())
        .isEqualTo("p99 at the common rate of 60 ms (50.1 to 70), over the objective of 50 ms");
  }

  @Test
  void of_a_mixture_the_light_requests_must_meet_the_objective() {
    hello("event-loop", CAPACITY, 20_000);
    run.figure("hello", "event-loop", COMMON_P99, 400);
    run.figure("hello", "event-loop", LIGHT_P99, 60, 50, 70);
    assertThat(advice(Wishes.NONE).named()).contains("event-loop");
    run.figure("hello", "event-loop", LIGHT_P99, 60, 50.1, 70);
    assertThat(advice(Wishes.NONE).named()).isEmpty();
  }

  @Test
  void the_percentile_is_the_least_that_tells_whether_the_objective_is_met() {
    hello("event-loop", CAPACITY, 20_000);
    run.figure("hello", "event-loop", Metric.COMMON_P50, 60, 59.5, 61);
    run.figure("hello", "event-loop", COMMON_P99, 160, 159.5, 161);
    run.figure("hello", "event-loop", Metric.COMMON_P999, 260);
    assertThat(out(0.5, 59)).contains("p50 at the common rate of 60 ms");
    assertThat(out(0.51, 159)).contains("p99 at the common rate of 160 ms");
    assertThat(out(0.99, 159)).contains("p99 at the common rate of 160 ms");
    assertThat(out(0.991, 250)).contains("p99.9 at the common rate of 260 ms");
    run.workload(new WorkloadNote("hello", "", new Objective(0.9999, 1), 1, Map.of()));
    assertThat(advice(Wishes.NONE).named()).contains("event-loop");
  }

  private String out(double share, double millis) {
    run.workload(new WorkloadNote("hello", "", new Objective(share, millis), 1, Map.of()));
    return advice(Wishes.NONE).excluded().getFirst().reason();
  }

  @Test
  void a_wanted_rate_must_be_served_within_the_objective() {
    hello("event-loop", CAPACITY, 20_000);
    run.figure("hello", "event-loop", COMMON_P99, 400);
    Wishes at = Wishes.NONE.at(OptionalDouble.of(20_000));
    assertThat(advice(at).named()).contains("event-loop");
    Advice above = advice(Wishes.NONE.at(OptionalDouble.of(20_001)));
    assertThat(above.named()).isEmpty();
    assertThat(above.excluded().getFirst().rule()).isEqualTo(Rule.RATE);
  }

  @Test
  void a_bound_on_memory_holds_at_the_bound_and_not_above() {
    hello("event-loop", CAPACITY, 10_000);
    hello("event-loop", RESIDENT, 40);
    hello("thread-pool", CAPACITY, 20_000);
    hello("thread-pool", RESIDENT, 80);
    assertThat(advice(Wishes.NONE.within(OptionalDouble.of(80))).named()).contains("thread-pool");
    Advice bound = advice(Wishes.NONE.within(OptionalDouble.of(79)));
    assertThat(bound.named()).contains("event-loop");
    assertThat(bound.excluded().getFirst().rule()).isEqualTo(Rule.MEMORY);
    assertThat(bound.changes()).contains("Without the bound on memory: thread-pool, with 80 MiB.");
    assertThat(advice(Wishes.NONE).changes())
        .contains(
            "If memory were bounded below 80 MiB, what thread-pool takes: event-loop, with 40"
                + " MiB.");
    assertThat(advice(Wishes.NONE.within(OptionalDouble.of(39))).named()).isEmpty();
  }

  @Test
  void who_fails_more_than_one_of_a_thousand_is_out() {
    hello("event-loop", CAPACITY, 10_000);
    hello("thread-pool", CAPACITY, 20_000);
    hello("thread-pool", FAILED, 0.001);
    assertThat(advice(Wishes.NONE).named()).contains("thread-pool");
    hello("thread-pool", FAILED, 0.0011);
    assertThat(advice(Wishes.NONE).named()).contains("event-loop");
    assertThat(advice(Wishes.NONE).excluded().getFirst().rule()).isEqualTo(Rule.FAILURES);
  }

  @Test
  void all_failing_names_nobody_and_says_which_wish_stands_in_the_way() {
    hello("event-loop", CAPACITY, 10_000);
    hello("iterative", CAPACITY, 0);
    Advice advice = advice(Wishes.NONE.isolated(true));
    assertThat(advice.named()).isEmpty();
    assertThat(advice.decidedBy()).isEqualTo(Rule.NOBODY);
    assertThat(advice.reasons()).containsExactly("No model meets the constraints.");
    assertThat(advice.changes()).containsExactly("Without isolation: event-loop.");
    Recommendation all = Recommendation.of(run.result(), Wishes.NONE.isolated(true));
    assertThat(all.overall().orElseThrow().named()).isEmpty();
  }

  @Test
  void one_subject_is_named_for_what_it_is() {
    hello("mine", CAPACITY, 10_000);
    Advice advice = advice(Wishes.NONE);
    assertThat(advice.named()).contains("mine");
    assertThat(advice.margin()).isEqualTo("none, no other model meets the constraints.");
    assertThat(advice.reasons())
        .containsExactly(
            "mine alone meets the constraints, with highest rate within the objective: 10,000"
                + " requests/s (9,900 to 10,100).");
  }

  @Test
  void a_subject_without_a_rate_is_out_as_not_measured_with_its_remark() {
    hello("event-loop", CAPACITY, 10_000);
    run.remark("hello", "process-per-connection", "no processes here");
    assertThat(advice(Wishes.NONE).excluded())
        .containsExactly(
            new Exclusion(
                "process-per-connection", Rule.MEASURED, "not measured: no processes here"));
  }

  @Test
  void where_nobody_has_a_rate_the_clients_at_once_count() {
    run.figure("idle", "event-loop", CLIENTS, 10_000);
    run.figure("idle", "thread-per-connection", CLIENTS, 3_000);
    Advice advice = Recommendation.of(run.result(), Wishes.NONE).workload("idle").orElseThrow();
    assertThat(advice.named()).contains("event-loop");
    assertThat(advice.margin())
        .isEqualTo("3.3 times the clients at once of thread-per-connection, the next.");
  }

  @Test
  void says_how_much_a_handler_may_block_and_which_lower_rate_a_cheaper_one_serves() {
    hello("event-loop", CAPACITY, 20_000);
    hello("event-loop", CPU, 20);
    hello("virtual-threads", CAPACITY, 10_000);
    hello("virtual-threads", CPU, 30);
    hello("iterative", CAPACITY, 8_000);
    hello("iterative", CPU, 15);
    assertThat(advice(Wishes.NONE).changes())
        .containsExactly(
            "If never more than 9,900 requests/s are asked for: virtual-threads, which is simpler.",
            "If each request blocked its thread for more than about 50 µs longer, by arithmetic"
                + " from the rates: virtual-threads.");
  }

  @Test
  void no_workload_gives_no_advice() {
    Recommendation none = Recommendation.of(new Synthetic().result(), Wishes.NONE);
    assertThat(none.workloads()).isEmpty();
    assertThat(none.overall()).isEmpty();
    assertThat(Recommendation.of(run.result(), Wishes.NONE).workloads()).isEmpty();
  }

  @Test
  void the_order_of_the_subjects_does_not_matter() {
    hello("event-loop", CAPACITY, 10_000);
    hello("virtual-threads", CAPACITY, 10_000);
    Synthetic turned = new Synthetic().workload("hello", 2000);
    turned.figure("hello", "virtual-threads", CAPACITY, 10_000);
    turned.figure("hello", "event-loop", CAPACITY, 10_000);
    assertThat(Recommendation.of(turned.result(), Wishes.NONE).workload("hello"))
        .isEqualTo(Recommendation.of(run.result(), Wishes.NONE).workload("hello"));
  }

  @Test
  void a_bound_of_nothing_is_no_wish() {
    assertThatThrownBy(() -> Wishes.NONE.within(OptionalDouble.of(0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Wishes.NONE.at(OptionalDouble.of(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void hello(String subject, Metric metric, double figure) {
    run.figure("hello", subject, metric, figure);
  }

  private Advice advice(Wishes wishes) {
    return Recommendation.of(run.result(), wishes).workload("hello").orElseThrow();
  }
}
