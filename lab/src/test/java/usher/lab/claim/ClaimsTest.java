package usher.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static usher.lab.claim.Finding.Verdict.FAILS;
import static usher.lab.claim.Finding.Verdict.HOLDS;
import static usher.lab.claim.Finding.Verdict.UNMEASURED;
import static usher.lab.result.Metric.CAPACITY;
import static usher.lab.result.Metric.CLIENTS;
import static usher.lab.result.Metric.COMMON_P99;
import static usher.lab.result.Metric.CONNECTION_MEMORY;
import static usher.lab.result.Metric.CPU;
import static usher.lab.result.Metric.FAILED;
import static usher.lab.result.Metric.LIGHT_P99;
import static usher.lab.result.Metric.RESIDENT;
import static usher.lab.result.Metric.THREADS;

import org.junit.jupiter.api.Test;
import usher.lab.fixture.Synthetic;
import usher.lab.result.Curve;
import usher.lab.result.Metric;

final class ClaimsTest {
  private final Synthetic run = new Synthetic();

  @Test
  void nothing_measured_is_thirteen_claims_of_which_none_is_judged() {
    assertThat(Claims.of(run.result()))
        .hasSize(13)
        .allMatch(finding -> finding.verdict() == UNMEASURED)
        .extracting(Finding::number)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
  }

  @Test
  void a_slow_client_makes_all_wait_if_the_tail_is_five_times_that_of_threads() {
    pair("slow", COMMON_P99, "iterative", 50, "thread-per-connection", 10);
    expect(
        1,
        HOLDS,
        "Under slow, p99 at the common rate: iterative 50 ms, thread-per-connection 10 ms (5 times).");
    pair("slow", COMMON_P99, "iterative", 49, "thread-per-connection", 10);
    expect(1, FAILS, "49 ms");
  }

  @Test
  void a_slow_client_is_judged_by_the_rate_where_there_is_no_latency() {
    pair("slow", CAPACITY, "iterative", 0, "thread-per-connection", 900);
    expect(1, HOLDS, "900 requests/s");
  }

  @Test
  void iterative_is_the_smallest_unless_another_is_smaller_beyond_noise() {
    pair("hello", RESIDENT, "iterative", 40, "event-loop", 39);
    expect(2, HOLDS, "the lowest of the others is event-loop with 39 MiB");
    pair("hello", RESIDENT, "iterative", 40, "event-loop", 30);
    expect(2, FAILS, "30 MiB");
    pair("hello", RESIDENT, "iterative", 40, "event-loop", 50);
    pair("hello", THREADS, "iterative", 9, "event-loop", 3);
    expect(2, FAILS, "threads: iterative 9");
  }

  @Test
  void iterative_suits_what_it_serves_at_half_of_the_best_rate() {
    pair("short", CAPACITY, "iterative", 500, "event-loops", 1000);
    expect(3, HOLDS, "Not measured: highest rate within the objective under datagrams");
    pair("datagrams", CAPACITY, "iterative", 499, "event-loops", 1000);
    expect(3, FAILS, "499");
  }

  @Test
  void a_failing_request_that_takes_nothing_down_refutes_the_claim() {
    run.figure("failing", "iterative", FAILED, 0);
    expect(4, FAILS, "ends in its own answer or connection");
    run.figure("failing", "iterative", FAILED, 0.9);
    expect(4, HOLDS, "90%");
  }

  @Test
  void heavy_requests_hold_up_a_loop_and_not_threads() {
    pair("mixed", LIGHT_P99, "event-loop", 50, "thread-per-connection", 5);
    expect(5, HOLDS, "10 times");
    pair("mixed", LIGHT_P99, "event-loop", 6, "thread-per-connection", 5);
    expect(5, FAILS, "6 ms");
  }

  @Test
  void threads_cost_memory_for_each_client_and_may_be_slower_beyond_a_thousand() {
    pair("idle", CONNECTION_MEMORY, "event-loop", 1, "thread-per-connection", 40);
    expect(6, HOLDS, "Not measured: its rate beyond 1,000 connections.");
    run.curve(
        "hello",
        "thread-per-connection",
        Curve.Kind.RATE_BY_CONNECTIONS,
        100,
        9000,
        1000,
        10_000,
        10_000,
        8_999);
    run.workload("hello", 100);
    expect(6, HOLDS, "its rate at 10,000 connections is 9,000 requests/s, and 10,000 at best");
    run.curve("wait", "thread-per-connection", Curve.Kind.RATE_BY_CONNECTIONS, 1, 1);
    pair("idle", CONNECTION_MEMORY, "event-loop", 40, "thread-per-connection", 40);
    expect(6, FAILS, "(no difference)");
  }

  @Test
  void threads_that_are_not_slower_beyond_a_thousand_refute_the_claim() {
    pair("idle", CONNECTION_MEMORY, "event-loop", 1, "thread-per-connection", 40);
    run.workload("hello", 100);
    run.curve(
        "hello",
        "thread-per-connection",
        Curve.Kind.RATE_BY_CONNECTIONS,
        1000,
        10_000,
        10_000,
        9_000);
    expect(6, FAILS, "9,000 requests/s");
  }

  @Test
  void a_pool_has_fewer_threads_and_fewer_clients() {
    pair("idle", THREADS, "thread-pool", 66, "thread-per-connection", 5000);
    pair("idle", CLIENTS, "thread-pool", 64, "thread-per-connection", 5000);
    expect(7, HOLDS, "66");
    pair("idle", CLIENTS, "thread-pool", 5000, "thread-per-connection", 5000);
    expect(7, FAILS, "no difference");
  }

  @Test
  void processes_cost_the_most() {
    pair("short", RESIDENT, "process-per-connection", 400, "thread-pool", 60);
    pair("short", CPU, "process-per-connection", 180_000, "thread-pool", 60);
    expect(8, HOLDS, "contract suite");
    pair("short", CPU, "process-per-connection", 60, "thread-pool", 60);
    expect(8, FAILS, "60 µs");
  }

  @Test
  void a_loop_serves_thousands_from_two_thousand_on() {
    run.figure("idle", "event-loop", CLIENTS, 2000);
    expect(9, HOLDS, "2,000");
    run.figure("idle", "event-loop", CLIENTS, 1999);
    expect(9, FAILS, "2,000");
  }

  @Test
  void what_blocks_on_the_loop_stalls_all_and_a_pool_does_not() {
    pair("mixed", LIGHT_P99, "event-loop", 50, "event-loop-workers", 5);
    run.figure("wait", "event-loop", CAPACITY, 19);
    expect(10, HOLDS, "10 times");
    expect(11, HOLDS, "at most 50 ms");
    run.figure("wait", "event-loop", CAPACITY, 30);
    expect(10, FAILS, "30 requests/s");
    pair("mixed", LIGHT_P99, "event-loop", 500, "event-loop-workers", 60);
    expect(11, FAILS, "60 ms");
  }

  @Test
  void virtual_threads_need_less_than_threads() {
    pair("idle", CONNECTION_MEMORY, "virtual-threads", 4, "thread-per-connection", 40);
    expect(12, HOLDS, "10 times");
    pair("idle", THREADS, "virtual-threads", 400, "thread-per-connection", 400);
    expect(12, FAILS, "no difference");
  }

  @Test
  void ten_thousand_clients_are_judged_only_where_somebody_had_them() {
    pair("idle", CLIENTS, "event-loop", 1000, "thread-per-connection", 1000);
    expect(13, UNMEASURED, "ended at 1,000");
    pair("idle", CLIENTS, "event-loop", 10_000, "thread-per-connection", 4_000);
    expect(13, HOLDS, "thread-per-connection 4,000");
    pair("idle", CLIENTS, "event-loop", 9_999, "thread-per-connection", 10_000);
    expect(13, FAILS, "10,000");
    pair("idle", CLIENTS, "event-loop", 10_000, "thread-per-connection", 10_000);
    expect(13, UNMEASURED, "Not measured: memory a connection");
    pair("idle", CONNECTION_MEMORY, "event-loop", 10, "thread-per-connection", 40);
    expect(13, HOLDS, "4 times");
    pair("idle", CONNECTION_MEMORY, "event-loop", 30, "thread-per-connection", 40);
    expect(13, FAILS, "1.3 times");
  }

  private void pair(
      String workload, Metric metric, String one, double its, String other, double theirs) {
    run.figure(workload, one, metric, its).figure(workload, other, metric, theirs);
  }

  private void expect(int number, Finding.Verdict verdict, String words) {
    Finding finding = Claims.of(run.result()).get(number - 1);
    assertThat(finding.number()).isEqualTo(number);
    assertThat(finding.verdict()).as(finding.figures()).isEqualTo(verdict);
    assertThat(finding.figures()).contains(words);
  }
}
