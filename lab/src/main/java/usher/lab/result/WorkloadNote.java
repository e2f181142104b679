package usher.lab.result;

import java.util.Map;

/// A workload as the report names it.
///
/// @param name as on the command line
/// @param description in a sentence
/// @param objective that its rates had to meet
/// @param commonRate requests a second that all subjects got for the latencies to be compared; 0
///   where there is none
/// @param parameters all else that it was made of, for who wants to repeat it
public record WorkloadNote(
    String name,
    String description,
    Objective objective,
    double commonRate,
    Map<String, String> parameters) {
  public WorkloadNote {
    parameters = Map.copyOf(parameters);
  }
}
