package usher.bench.measure;

/// A figure that can be taken of a server, with the unit it is kept in.
public enum Metric {
  /// CPU time the server and its children used, user and system, for one request.
  CPU_MICROS("CPU a request", "µs"),
  /// [#CPU_MICROS] as a ratio to the baseline, measured just before.
  CPU_RATIO("of the baseline", ""),
  /// Part of the time that the server kept its core busy: near 1 where it is what limits the rate
  /// and nobody else wants the core.
  CORE_SHARE("of its core", ""),
  /// Requests answered a second.
  RATE("rate", "/s"),
  /// Median latency in a closed loop.
  P50_MICROS("p50, closed loop", "µs"),
  /// 99th percentile of latency in a closed loop.
  P99_MICROS("p99, closed loop", "µs"),
  /// Resident memory of the server and its children, after the load.
  RESIDENT_MEGABYTES("resident", "MB"),
  /// Threads of the server and its children, after the load.
  THREADS("threads", ""),
  /// Growth of resident memory for each connection that is held idle. The Java heap is touched
  /// beforehand and so is not part of it.
  IDLE_RESIDENT_BYTES("outside the heap", "B a connection"),
  /// Growth of the live Java heap for each connection that is held idle.
  IDLE_HEAP_BYTES("live heap", "B a connection"),
  /// The two together.
  IDLE_BYTES("memory", "B a connection"),
  /// Rate of the active connections beside the idle ones, as a part of their rate alone.
  RATE_KEPT("rate kept", ""),
  /// Time from starting the process to the first byte of the first answer.
  START_MILLIS("exec to first answer", "ms");

  private final String title;
  private final String unit;

  Metric(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /// What the figure is, for the head of a column.
  public String title() {
    return title;
  }

  /// The unit, empty for a ratio or a count.
  public String unit() {
    return unit;
  }
}
