package usher.lab.result;

/// What is measured for a model under a workload. The names are part of the result file: they may
/// be added to, and never change their meaning or unit.
public enum Metric {
  /// The highest rate whose latencies still meet the objective; open loop.
  CAPACITY("highest rate within the objective", "requests/s", Better.HIGHER),
  /// Rate of a closed loop, in which each connection asks again as soon as it has its answer: what
  /// most tools report.
  CLOSED_RATE("closed-loop rate", "requests/s", Better.HIGHER),

  /// Latencies at one rate that is the same for all models; from when a request was due.
  COMMON_P50("p50 at the common rate", "ms", Better.LOWER),
  COMMON_P99("p99 at the common rate", "ms", Better.LOWER),
  COMMON_P999("p99.9 at the common rate", "ms", Better.LOWER),
  /// Latencies at [#CAPACITY].
  CAPACITY_P50("p50 at the highest rate", "ms", Better.LOWER),
  CAPACITY_P99("p99 at the highest rate", "ms", Better.LOWER),
  /// Latency of the light requests of a mixture while heavy ones run.
  LIGHT_P99("p99 of light requests beside heavy ones", "ms", Better.LOWER),

  /// Good answers a second while three times [#CAPACITY] is asked for, as a share of it.
  OVERLOAD_GOODPUT("goodput at three times the highest rate", "of capacity", Better.HIGHER),
  /// From the end of the overload until latencies meet the objective again.
  RECOVERY("recovery from overload", "s", Better.LOWER),
  /// Requests that were not answered as they should be, at the common rate.
  FAILED("failed requests at the common rate", "of requests", Better.LOWER),

  /// User and system time of the server and its children, at the common rate.
  CPU("CPU time a request", "µs", Better.LOWER),
  /// Context switches of all threads of the server and its children, at the common rate.
  SWITCHES("context switches a request", "", Better.LOWER),
  /// Resident memory of the server and its children together at the common rate; pages that several
  /// share count once for each as a part.
  RESIDENT("resident memory", "MiB", Better.LOWER),
  /// Live objects on the Java heap, after a collection.
  HEAP("live heap", "MiB", Better.LOWER),
  /// What each further connection that is open costs in memory: resident memory outside the heap,
  /// and live heap.
  CONNECTION_MEMORY("memory a connection", "KiB", Better.LOWER),
  THREADS("threads", "", Better.LOWER),
  PROCESSES("processes", "", Better.LOWER),
  /// From the start of the server's process to its first answer.
  START("start to the first answer", "ms", Better.LOWER),
  /// Connections that were open and answered at once, on the highest rung of the ladder that the
  /// model climbed.
  CLIENTS("clients at once", "", Better.HIGHER);

  /// Which way is better.
  public enum Better {
    HIGHER,
    LOWER
  }

  private final String label;
  private final String unit;
  private final Better better;

  Metric(String label, String unit, Better better) {
    this.label = label;
    this.unit = unit;
    this.better = better;
  }

  /// In words, for people.
  public String label() {
    return label;
  }

  /// Of its figures; empty for plain numbers.
  public String unit() {
    return unit;
  }

  public Better better() {
    return better;
  }
}
