package usher.lab.result;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One subject under one workload.
///
/// @param subject a model's name (`event-loop`), or what a server that was already there is called
/// @param workload the workload's name
/// @param figures what was measured; a metric that has no meaning here is not in it
/// @param curves at most one of each kind
/// @param remarks what a reader must know: a limit that was reached, a model that could not take
///   part and why
public record Cell(
    String subject,
    String workload,
    Map<Metric, Estimate> figures,
    List<Curve> curves,
    List<String> remarks) {
  public Cell {
    figures = Map.copyOf(figures);
    curves = List.copyOf(curves);
    remarks = List.copyOf(remarks);
  }

  public Optional<Estimate> figure(Metric metric) {
    return Optional.ofNullable(figures.get(metric));
  }

  public Optional<Curve> curve(Curve.Kind kind) {
    return curves.stream().filter(curve -> curve.kind() == kind).findFirst();
  }
}
