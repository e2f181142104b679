package usher.lab.claim;

import static usher.lab.claim.Point.finding;
import static usher.lab.result.Metric.CAPACITY;
import static usher.lab.result.Metric.CLIENTS;
import static usher.lab.result.Metric.COMMON_P99;
import static usher.lab.result.Metric.CONNECTION_MEMORY;
import static usher.lab.result.Metric.CPU;
import static usher.lab.result.Metric.FAILED;
import static usher.lab.result.Metric.LIGHT_P99;
import static usher.lab.result.Metric.RESIDENT;
import static usher.lab.result.Metric.THREADS;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import usher.lab.result.Curve;
import usher.lab.result.Estimate;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.Wording;
import usher.lab.result.WorkloadNote;

/// The thirteen claims, each with the figures that it stands or falls by.
///
/// Adjectives become numbers here: *stalls* is five times the tail latency of a model that is said
/// not to stall, *suits* is half of the best rate, *thousands* is two thousand, and *more* or
/// *fewer* is a difference beyond noise. A verdict is about this machine and these workloads.
public final class Claims {
  private static final double STALLS = 5;
  private static final double SUITS = 0.5;
  private static final double THOUSANDS = 2_000;
  private static final double TEN_THOUSAND = 10_000;

  /// The workload `wait` blocks for 50 ms: one thread serves so many a second, and a tenth for
  /// measuring.
  private static final double ONE_WAITING = 1 / 0.05 * 1.1;

  private static final String ITERATIVE = "iterative";
  private static final String THREAD = "thread-per-connection";
  private static final String POOL = "thread-pool";
  private static final String VIRTUAL = "virtual-threads";
  private static final String PROCESS = "process-per-connection";
  private static final String LOOP = "event-loop";
  private static final String WORKERS = "event-loop-workers";

  private final Evidence evidence;

  private Claims(LabResult result) {
    evidence = new Evidence(result);
  }

  /// All claims in their order, also those that nothing was measured for.
  public static List<Finding> of(LabResult result) {
    var claims = new Claims(result);
    return List.of(
        finding(1, "Iterative: one slow client makes every other client wait.", claims.slow()),
        finding(
            2,
            "Iterative: the least memory, threads and code.",
            claims.evidence.best("hello", RESIDENT, ITERATIVE),
            claims.evidence.best("hello", THREADS, ITERATIVE)),
        finding(
            3,
            "Iterative suits short tasks and UDP.",
            claims.evidence.share("short", CAPACITY, ITERATIVE, SUITS),
            claims.evidence.share("datagrams", CAPACITY, ITERATIVE, SUITS)),
        finding(
            4, "Iterative: one failing request can bring the whole server down.", claims.failing()),
        finding(
            5,
            "Thread per connection: heavy requests do not hold up the others.",
            claims.evidence.times(
                "mixed",
                LIGHT_P99,
                claims.evidence.first("mixed", LIGHT_P99, LOOP, ITERATIVE),
                THREAD,
                STALLS)),
        finding(
            6,
            "Thread per connection: memory grows with clients; good up to about 1,000, slower"
                + " beyond.",
            claims.evidence.better("idle", CONNECTION_MEMORY, LOOP, THREAD),
            claims.slowerBeyond()),
        finding(
            7,
            "A pool bounds that cost, and idle clients then occupy its threads.",
            claims.evidence.better("idle", THREADS, POOL, THREAD),
            claims.evidence.better("idle", CLIENTS, THREAD, POOL)),
        finding(
            8,
            "Processes: the strongest isolation, the highest cost; finished children must be"
                + " reaped.",
            claims
                .evidence
                .worst("short", RESIDENT, PROCESS)
                .or(claims.evidence.worst("hello", RESIDENT, PROCESS)),
            claims.evidence.worst("short", CPU, PROCESS),
            Point.unknown("Isolation and reaping are no figures; the contract suite tests them.")),
        finding(
            9,
            "Multiplexing: one thread serves thousands of connections.",
            claims.evidence.atLeast("idle", CLIENTS, LOOP, THOUSANDS),
            claims.evidence.better("idle", THREADS, LOOP, THREAD)),
        finding(
            10,
            "A handler that blocks or computes for long on the loop stalls every client.",
            claims.evidence.times("mixed", LIGHT_P99, LOOP, WORKERS, STALLS),
            claims.evidence.atMost("wait", CAPACITY, LOOP, ONE_WAITING)),
        finding(
            11,
            "Handing such work to a pool keeps the loop responsive.",
            claims.responsive(),
            claims.evidence.better("mixed", LIGHT_P99, WORKERS, LOOP)),
        finding(
            12,
            "Coroutines, async: many clients with fewer resources than threads.",
            claims.evidence.better("idle", CONNECTION_MEMORY, VIRTUAL, THREAD),
            claims.evidence.better("idle", THREADS, VIRTUAL, THREAD)),
        finding(
            13,
            "Ten thousand clients: a thread or process per client is inefficient, event-driven is"
                + " not.",
            claims.tenThousand()));
  }

  private Point slow() {
    Point light = stalled(LIGHT_P99);
    return light.or(stalled(COMMON_P99)).or(starved());
  }

  private Point stalled(Metric metric) {
    return evidence.times(
        "slow", metric, ITERATIVE, evidence.first("slow", metric, THREAD, VIRTUAL), STALLS);
  }

  /// It may be so slow that there is no latency to speak of.
  private Point starved() {
    return evidence.times(
        "slow", CAPACITY, evidence.first("slow", CAPACITY, THREAD, VIRTUAL), ITERATIVE, STALLS);
  }

  private Point failing() {
    Optional<Estimate> failed = evidence.figure("failing", ITERATIVE, FAILED);
    if (failed.isEmpty()) {
      return evidence.lacking("failing", FAILED, ITERATIVE);
    }
    boolean down = failed.get().median() > 0.5;
    return Point.of(
        down,
        "Under failing, where one request in a hundred throws, %s were not answered as they should be%s."
            .formatted(
                Wording.of(FAILED, failed.get().median()),
                down ? "" : ": what a handler throws ends in its own answer or connection"));
  }

  private Point slowerBeyond() {
    for (WorkloadNote workload : evidence.result().workloads()) {
      Optional<Curve> curve =
          evidence
              .result()
              .cell(THREAD, workload.name())
              .flatMap(cell -> cell.curve(Curve.Kind.RATE_BY_CONNECTIONS));
      if (curve.isPresent()) {
        Point point = slowerBeyond(workload.name(), curve.get());
        if (point.known()) {
          return point;
        }
      }
    }
    return Point.unknown("Not measured: its rate beyond 1,000 connections.");
  }

  private static Point slowerBeyond(String workload, Curve curve) {
    Comparator<Curve.Point> byRate = Comparator.comparingDouble(Curve.Point::y);
    Optional<Curve.Point> upTo =
        curve.points().stream().filter(point -> point.x() <= 1_000).max(byRate);
    Optional<Curve.Point> beyond =
        curve.points().stream()
            .filter(point -> point.x() > 1_000)
            .max(Comparator.comparingDouble(Curve.Point::x));
    if (upTo.isEmpty() || beyond.isEmpty()) {
      return Point.unknown("Not measured: its rate beyond 1,000 connections.");
    }
    return Point.of(
        beyond.get().y() < 0.9 * upTo.get().y(),
        "Under %s, its rate at %s connections is %s requests/s, and %s at best up to 1,000."
            .formatted(
                workload,
                Wording.number(beyond.get().x()),
                Wording.number(beyond.get().y()),
                Wording.number(upTo.get().y())));
  }

  private Point responsive() {
    Optional<Double> objective =
        evidence.result().workloads().stream()
            .filter(workload -> workload.name().equals("mixed"))
            .map(workload -> workload.objective().millis())
            .findFirst();
    return objective
        .map(millis -> evidence.atMost("mixed", LIGHT_P99, WORKERS, millis))
        .orElseGet(() -> evidence.lacking("mixed", LIGHT_P99, WORKERS));
  }

  private Point tenThousand() {
    Optional<Estimate> loop = evidence.figure("idle", LOOP, CLIENTS);
    Optional<Estimate> thread = evidence.figure("idle", THREAD, CLIENTS);
    if (loop.isEmpty() || thread.isEmpty()) {
      return evidence.lacking("idle", CLIENTS, LOOP, THREAD);
    }
    double most = Math.max(loop.get().median(), thread.get().median());
    if (most < TEN_THOUSAND) {
      return Point.unknown(
          "Not measured: the ladder of idle connections ended at " + Wording.number(most) + ".");
    }
    String clients =
        "Under idle, clients at once: %s %s, %s %s."
            .formatted(
                LOOP,
                Wording.number(loop.get().median()),
                THREAD,
                Wording.number(thread.get().median()));
    if (loop.get().median() < TEN_THOUSAND) {
      return Point.of(false, clients);
    }
    if (thread.get().median() < TEN_THOUSAND) {
      return Point.of(true, clients);
    }
    Point memory = evidence.times("idle", CONNECTION_MEMORY, THREAD, LOOP, 2);
    return new Point(memory.answer(), clients + " " + memory.words());
  }
}
