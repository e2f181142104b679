package usher.bench.measure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of measuring one server once under one workload: figures, or the reason why there are
/// none.
///
/// @param workload name of the workload
/// @param contender name of the server
/// @param round which repeat, from 1
/// @param figures what was measured; empty after a failure
/// @param failure why the measurement does not count, or null
public record Sample(
    String workload,
    String contender,
    int round,
    Map<Metric, Double> figures,
    @Nullable String failure) {

  public Sample {
    figures = Map.copyOf(figures);
  }

  /// A measurement that counts.
  public static Sample of(
      String workload, String contender, int round, Map<Metric, Double> figures) {
    return new Sample(workload, contender, round, figures, null);
  }

  /// A measurement that does not.
  public static Sample failed(String workload, String contender, int round, String failure) {
    return new Sample(workload, contender, round, Map.of(), failure);
  }
}
