package usher.lab.workload;

/// What is found out under a workload. Each costs time; a workload names those that tell something.
public enum Measure {
  /// The rate of a closed loop.
  CLOSED,
  /// The same with 1, 8, 64 and more connections.
  CLOSED_LADDER,
  /// The highest rate that meets the objective.
  CAPACITY,
  /// Latencies and cost at a rate that is the same for all.
  COMMON,
  /// Three times the capacity, and what comes after.
  OVERLOAD,
  /// Memory with more and more idle connections.
  IDLE_LADDER
}
