package usher.bench.workload;

import java.util.List;
import usher.bench.measure.Metric;

/// A figure that the project has set itself.
///
/// @param what the words of the target
/// @param workload the workload that shows it
/// @param contender the server that must reach it
/// @param metric the figure
/// @param bound whether the figure may be at most or must be at least the limit
/// @param limit the value, in the metric's unit
public record Target(
    String what, String workload, String contender, Metric metric, Bound bound, double limit) {

  /// The side on which a figure must lie; the limit itself is met.
  public enum Bound {
    AT_MOST,
    AT_LEAST
  }

  /// Whether a figure meets the target.
  public boolean isMetBy(double figure) {
    return switch (bound) {
      case AT_MOST -> figure <= limit;
      case AT_LEAST -> figure >= limit;
    };
  }

  /// All of them, in the order of the table.
  public static List<Target> all() {
    return List.of(
        cpu("64 keep-alive connections, small answer", Workloads.KEEP_ALIVE, "event-loop", 1.15),
        cpu("the same, pipelined 16 deep", Workloads.PIPELINED, "event-loop", 1.7),
        cpu("small answer", Workloads.KEEP_ALIVE, "virtual-threads", 1.35),
        cpu("small answer", Workloads.KEEP_ALIVE, "thread-per-connection", 1.55),
        cpu("small answer", Workloads.KEEP_ALIVE, "thread-pool", 1.55),
        cpu("the handler declared blocking", Workloads.BLOCKING, "event-loop-workers", 1.60),
        memory("event-loop", 1024),
        memory("virtual-threads", 5 * 1024),
        cpu("1 MB static file, against nginx", Workloads.FILE_1M, "event-loop", 1.10),
        cpu("10 KB static file, against nginx", Workloads.FILE_10K, "event-loop", 1.25),
        new Target(
            "exec of `./usher serve` to the first answer",
            Workloads.START_UP,
            "event-loop",
            Metric.START_MILLIS,
            Bound.AT_MOST,
            200),
        cpu("a connection a request, against nginx", Workloads.CLOSE, "event-loop", 1.3),
        kept("event-loop"),
        kept("event-loops"),
        kept("event-loop-workers"));
  }

  private static Target cpu(String what, String workload, String contender, double limit) {
    return new Target(what, workload, contender, Metric.CPU_RATIO, Bound.AT_MOST, limit);
  }

  private static Target memory(String contender, double limit) {
    return new Target(
        "memory an idle keep-alive connection",
        Workloads.IDLE_MEMORY,
        contender,
        Metric.IDLE_BYTES,
        Bound.AT_MOST,
        limit);
  }

  private static Target kept(String contender) {
    return new Target(
        "rate of 64 active beside the idle connections",
        Workloads.IDLE_ACTIVE,
        contender,
        Metric.RATE_KEPT,
        Bound.AT_LEAST,
        0.80);
  }
}
