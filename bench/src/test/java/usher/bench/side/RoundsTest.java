package usher.bench.side;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import usher.bench.contender.Contender;
import usher.bench.contender.Family;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.Metric;
import usher.bench.measure.Sample;
import usher.bench.measure.Wrk;
import usher.bench.report.Results;
import usher.bench.report.Summary;
import usher.bench.workload.Workload;
import usher.bench.workload.Workloads;

class RoundsTest {
  private static final Contender LIMIT = contender("limit", Contender.ANY);
  private static final Contender A = contender("a", Contender.ANY);
  private static final Contender B = contender("b", Contender.ANY);
  private static final Contender SINGLE = contender("single", 1);

  private final Workload keepAlive = Workloads.all(10, 1).getFirst();
  private final Workload startUp = Workloads.all(10, 1).getLast();
  private final Recorded recorded = new Recorded();
  private final List<Sample> told = new ArrayList<>();

  @Test
  void rounds_go_over_all_servers_each_right_after_its_baseline() throws InterruptedException {
    run(2, keepAlive, A, B);
    assertThat(recorded.calls)
        .containsExactly(
            "limit 64", "a 64", "limit 64", "b 64", "limit 64", "a 64", "limit 64", "b 64");
    assertThat(told)
        .extracting(s -> s.contender() + s.round())
        .containsExactly("a1", "b1", "a2", "b2");
  }

  @Test
  void a_ratio_is_that_to_the_baseline_right_before() throws InterruptedException {
    recorded.cpu.put("limit", new ArrayList<>(List.of(4.0, 5.0)));
    recorded.cpu.put("a", new ArrayList<>(List.of(6.0, 5.0)));
    Results results = run(2, keepAlive, A);
    assertThat(results.summary(keepAlive.name(), "a", Metric.CPU_RATIO))
        .contains(new Summary(1.25, 1.0, 1.5, 2));
    assertThat(results.summary(keepAlive.name(), "limit", Metric.CPU_MICROS))
        .contains(new Summary(4.5, 4, 5, 2));
  }

  @Test
  void a_server_with_one_seat_is_measured_over_one_connection_as_is_its_baseline()
      throws InterruptedException {
    Results results = run(1, keepAlive, SINGLE);
    assertThat(recorded.calls).containsExactly("limit 1", "single 1");
    // The baseline's own row is of the workload's own number of connections.
    assertThat(results.contenders(keepAlive.name())).containsExactly("single");
  }

  @Test
  void a_server_that_fails_is_left_out_of_further_rounds_and_the_others_go_on()
      throws InterruptedException {
    recorded.failing = "a";
    Results results = run(2, keepAlive, A, B);
    assertThat(recorded.calls)
        .containsExactly("limit 64", "a 64", "limit 64", "b 64", "limit 64", "b 64");
    assertThat(results.failure(keepAlive.name(), "a")).contains("it broke");
    assertThat(results.summary(keepAlive.name(), "b", Metric.CPU_RATIO)).isPresent();
  }

  @Test
  void a_baseline_that_fails_is_named() throws InterruptedException {
    recorded.failing = "limit";
    assertThat(run(1, keepAlive, A).failure(keepAlive.name(), "a"))
        .contains("its baseline limit: it broke");
  }

  @Test
  void a_baseline_that_is_not_there_is_a_failure() throws InterruptedException {
    Results results =
        new Results(
            new Rounds(settings(1), recorded, List.of(A), told::add)
                .run(new Rounds.Leg(keepAlive, List.of(A))));
    assertThat(results.failure(keepAlive.name(), "a")).contains("its baseline limit is missing");
  }

  @Test
  void a_workload_without_a_baseline_measures_the_server_alone() throws InterruptedException {
    run(1, startUp, A);
    assertThat(recorded.calls).containsExactly("start a");
  }

  private Results run(int repeats, Workload workload, Contender... contenders)
      throws InterruptedException {
    return new Results(
        new Rounds(settings(repeats), recorded, List.of(LIMIT, A, B, SINGLE), told::add)
            .run(new Rounds.Leg(workload, List.of(contenders))));
  }

  private static Settings settings(int repeats) {
    return new Settings(5, 4, repeats, 0, 1, Path.of("jcmd"), Path.of("work"));
  }

  private static Contender contender(String name, int seats) {
    return new Contender(name, Family.PEER, seats, _ -> List.of(), _ -> List.of());
  }

  /// Measurements that are made up, in the order asked for.
  private static final class Recorded implements Measurements {
    final List<String> calls = new ArrayList<>();
    final Map<String, List<Double>> cpu = new HashMap<>();
    String failing = "";

    @Override
    public Map<Metric, Double> load(
        Contender contender, Workload.Load workload, Wrk.Shape shape, int warm)
        throws MeasurementException {
      calls.add(contender.name() + " " + shape.connections());
      if (contender.name().equals(failing)) {
        throw new MeasurementException("it broke");
      }
      List<Double> next = cpu.getOrDefault(contender.name(), new ArrayList<>());
      return Map.of(Metric.CPU_MICROS, next.isEmpty() ? 1.0 : next.removeFirst());
    }

    @Override
    public Map<Metric, Double> idleMemory(Contender contender, Workload.IdleMemory workload) {
      calls.add("idle " + contender.name());
      return Map.of();
    }

    @Override
    public Map<Metric, Double> idleActive(Contender contender, Workload.IdleActive workload) {
      calls.add("active " + contender.name());
      return Map.of();
    }

    @Override
    public Map<Metric, Double> startUp(Contender contender, Workload.StartUp workload) {
      calls.add("start " + contender.name());
      return Map.of();
    }
  }
}
