package usher.lab.result;

import java.util.List;

/// What the load generator found out about itself, against an answer that costs nothing.
///
/// @param highestRate requests a second that it can send and judge
/// @param cpuMicros CPU time of its own a request
/// @param lagMillis how late requests were sent, at p99.9
/// @param warnings where it or the machine, and not the server, was the limit
public record GeneratorNote(
    double highestRate, double cpuMicros, double lagMillis, List<String> warnings) {
  public GeneratorNote {
    warnings = List.copyOf(warnings);
  }
}
