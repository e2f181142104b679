package usher.lab.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import usher.lab.result.Cell;
import usher.lab.result.Curve;
import usher.lab.result.Estimate;
import usher.lab.result.Metric;

/// What is collected of one server under one workload, over all repeats.
///
/// For one thread.
final class Figures {
  private final Map<Metric, List<Double>> all = new EnumMap<>(Metric.class);
  private final Map<Curve.Kind, Curve> curves = new EnumMap<>(Curve.Kind.class);
  private final SequencedSet<String> remarks = new LinkedHashSet<>();

  void add(Metric metric, double figure) {
    all.computeIfAbsent(metric, _ -> new ArrayList<>()).add(figure);
  }

  /// Of several curves of one kind the last one stays.
  void add(Curve curve) {
    if (!curve.points().isEmpty()) {
      curves.put(curve.kind(), curve);
    }
  }

  void remark(String text) {
    remarks.add(text);
  }

  /// The last figure of a repeat.
  Optional<Double> last(Metric metric) {
    return Optional.ofNullable(all.get(metric)).map(List::getLast);
  }

  Cell cell(String subject, String workload) {
    Map<Metric, Estimate> figures = new LinkedHashMap<>();
    all.forEach((metric, each) -> figures.put(metric, Estimate.of(each)));
    return new Cell(subject, workload, figures, List.copyOf(curves.values()), List.copyOf(remarks));
  }
}
