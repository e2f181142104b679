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
/// Where there are fewer repeats than [#FEW], an interval takes in what was seen within a repeat as
/// well: a figure from a few looks is no exact one.
///
/// For one thread.
final class Figures {
  private static final int FEW = 5;

  private final Map<Metric, List<Double>> all = new EnumMap<>(Metric.class);
  private final Map<Metric, Range> ranges = new EnumMap<>(Metric.class);
  private final Map<Curve.Kind, Curve> curves = new EnumMap<>(Curve.Kind.class);
  private final SequencedSet<String> remarks = new LinkedHashSet<>();

  void add(Metric metric, double figure) {
    all.computeIfAbsent(metric, _ -> new ArrayList<>()).add(figure);
  }

  /// Adds a figure that is made of several, or lies between two.
  ///
  /// @param low the least of what it may be
  /// @param high the greatest
  void add(Metric metric, double figure, double low, double high) {
    add(metric, figure);
    ranges.merge(metric, new Range(low, high), Range::and);
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

  private Estimate estimate(Metric metric, List<Double> each) {
    Estimate of = Estimate.of(each);
    Range range = ranges.get(metric);
    return range == null || each.size() >= FEW
        ? of
        : new Estimate(
            of.median(),
            Math.min(of.low(), range.low()),
            Math.max(of.high(), range.high()),
            of.repeats());
  }

  private record Range(double low, double high) {
    Range and(Range other) {
      return new Range(Math.min(low, other.low), Math.max(high, other.high));
    }
  }

  Cell cell(String subject, String workload) {
    Map<Metric, Estimate> figures = new LinkedHashMap<>();
    all.forEach((metric, each) -> figures.put(metric, estimate(metric, each)));
    return new Cell(subject, workload, figures, List.copyOf(curves.values()), List.copyOf(remarks));
  }
}
