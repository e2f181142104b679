package usher.lab.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import usher.lab.workload.Workload;
import usher.server.Model;

/// What is to be measured.
///
/// @param models of usher, in the order of the tables
/// @param foreign a server that is there already: `host:port`, if one is to be a column more
/// @param workloads in the order of the tables
/// @param handler of the user: a class's name, `service`, or `hello` where only a foreign server
///   matters; without one the workloads' own
/// @param classPath of the servers
/// @param options of the servers' JVMs, beside the usual ones
/// @param rate the common rate of all workloads, if not theirs
/// @param pace how long it takes
/// @param seed of arrivals
/// @param command that repeats it, for the report
public record LabRequest(
    List<Model> models,
    Optional<String> foreign,
    List<Workload> workloads,
    Optional<String> handler,
    String classPath,
    List<String> options,
    OptionalDouble rate,
    Pace pace,
    long seed,
    String command) {
  public LabRequest {
    models = List.copyOf(models);
    workloads = List.copyOf(workloads);
    options = List.copyOf(options);
    if (workloads.isEmpty() || (models.isEmpty() && foreign.isEmpty())) {
      throw new IllegalArgumentException("nothing to be measured");
    }
  }

  /// How many servers are compared.
  int subjects() {
    return models.size() + (foreign.isPresent() ? 1 : 0);
  }

  /// The handler of a workload.
  String handler(Workload workload) {
    return handler.orElse(workload.handler().equals("user") ? "hello" : workload.handler());
  }
}
