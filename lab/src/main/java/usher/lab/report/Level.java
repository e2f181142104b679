package usher.lab.report;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import usher.lab.compare.Noise;
import usher.lab.result.Cell;
import usher.lab.result.Estimate;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;

/// Who is best in a column: the one with the best median, and all between which and it there is no
/// difference.
final class Level {
  private Level() {}

  /// Subjects that are level with the best; none where fewer than two were measured, or all are
  /// level and so nothing is to be marked.
  static Set<String> best(LabResult result, String workload, Metric metric) {
    List<Cell> cells =
        result.cells().stream()
            .filter(cell -> cell.workload().equals(workload))
            .filter(cell -> cell.figure(metric).isPresent())
            .toList();
    Comparator<Cell> ascending = Comparator.comparingDouble(cell -> of(cell, metric).median());
    Optional<Cell> best =
        cells.stream()
            .min(metric.better() == Metric.Better.LOWER ? ascending : ascending.reversed());
    if (best.isEmpty() || cells.size() < 2) {
      return Set.of();
    }
    Set<String> level = new LinkedHashSet<>();
    for (Cell cell : cells) {
      if (!Noise.better(metric, of(best.get(), metric), of(cell, metric))) {
        level.add(cell.subject());
      }
    }
    return level.size() == cells.size() ? Set.of() : level;
  }

  private static Estimate of(Cell cell, Metric metric) {
    return cell.figure(metric).orElseThrow();
  }
}
