package usher.lab.result;

/// Which latency is good enough, such as `p99=50ms`: this share of the requests must be answered
/// within this time, counted from when each was due.
///
/// @param share over 0 and below 1
/// @param millis over 0
public record Objective(double share, double millis) {
  public Objective {
    if (!(share > 0 && share < 1 && millis > 0 && millis < 1e9)) {
      throw new IllegalArgumentException(
          "not an objective: " + share + " within " + millis + " ms");
    }
  }
}
