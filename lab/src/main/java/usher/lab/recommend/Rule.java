package usher.lab.recommend;

/// The rules, in the order in which they are asked: the constraints first, of which each takes
/// models out; then the preferences, of which each leaves those that are level with the best.
public enum Rule {
  /// There is nothing to choose by.
  MEASURED("not measured"),
  /// Only models that serve in other processes isolate.
  ISOLATION("isolation"),
  /// The wanted rate is over what it serves within the objective; or it serves no rate within it.
  RATE("wanted rate"),
  /// At the common rate it misses the objective, if no rate is wanted.
  OBJECTIVE("objective"),
  /// It takes more memory than there is.
  MEMORY("memory bound"),
  /// More than one of a thousand requests was not answered as it should be.
  FAILURES("failures"),

  /// The highest rate within the objective.
  CAPACITY("highest rate"),
  /// The tail of the latencies: of the light requests of a mixture, else at the common rate.
  TAIL("tail latency"),
  /// CPU time a request.
  CPU("CPU a request"),
  /// Resident memory.
  RESIDENT("memory"),
  /// Threads.
  THREADS("threads"),
  /// What is left is level in all that was measured: the simpler one, in a fixed order.
  SIMPLICITY("simplicity"),

  /// Nobody else met the constraints.
  ALONE("the only one"),
  /// Nobody met the constraints.
  NOBODY("nobody");

  private final String label;

  Rule(String label) {
    this.label = label;
  }

  /// In words.
  public String label() {
    return label;
  }
}
