package usher.lab.claim;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import usher.lab.compare.Noise;
import usher.lab.result.Cell;
import usher.lab.result.Estimate;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.Wording;

/// Figures of a result, asked for in the ways that claims ask.
record Evidence(LabResult result) {

  Optional<Estimate> figure(String workload, String subject, Metric metric) {
    return result.cell(subject, workload).flatMap(cell -> cell.figure(metric));
  }

  /// Of several, the first that has this figure; the first where none has.
  String first(String workload, Metric metric, String... subjects) {
    return Arrays.stream(subjects)
        .filter(subject -> figure(workload, subject, metric).isPresent())
        .findFirst()
        .orElse(subjects[0]);
  }

  /// Whether one has at least so many times the figure of the other.
  Point times(String workload, Metric metric, String much, String little, double factor) {
    Optional<Estimate> more = figure(workload, much, metric);
    Optional<Estimate> less = figure(workload, little, metric);
    if (more.isEmpty() || less.isEmpty()) {
      return lacking(workload, metric, much, little);
    }
    boolean so =
        Noise.differ(metric, more.get(), less.get())
            && more.get().median() >= factor * less.get().median();
    return Point.of(so, pair(workload, metric, much, more.get(), little, less.get()));
  }

  /// Whether one is better than the other, and not only by noise.
  Point better(String workload, Metric metric, String good, String bad) {
    Optional<Estimate> one = figure(workload, good, metric);
    Optional<Estimate> other = figure(workload, bad, metric);
    if (one.isEmpty() || other.isEmpty()) {
      return lacking(workload, metric, good, bad);
    }
    return Point.of(
        Noise.better(metric, one.get(), other.get()),
        pair(workload, metric, good, one.get(), bad, other.get()));
  }

  /// Whether nobody is better than this one, but by noise.
  Point best(String workload, Metric metric, String subject) {
    return extreme(workload, metric, subject, true);
  }

  /// Whether this one is worse than everybody else, and not only by noise.
  Point worst(String workload, Metric metric, String subject) {
    return extreme(workload, metric, subject, false);
  }

  private Point extreme(String workload, Metric metric, String subject, boolean best) {
    Optional<Estimate> own = figure(workload, subject, metric);
    Comparator<Cell> ascending =
        Comparator.comparingDouble(cell -> cell.figure(metric).orElseThrow().median());
    boolean least = best == (metric.better() == Metric.Better.LOWER);
    Optional<Cell> rival =
        others(workload, subject).stream()
            .filter(cell -> cell.figure(metric).isPresent())
            .min(least ? ascending : ascending.reversed());
    if (own.isEmpty() || rival.isEmpty()) {
      return lacking(workload, metric, subject, "another model");
    }
    Estimate theirs = rival.get().figure(metric).orElseThrow();
    boolean so = Noise.better(metric, theirs, own.get()) != best;
    return Point.of(
        so,
        "Under %s, %s: %s %s; the %s of the others is %s with %s."
            .formatted(
                workload,
                metric.label(),
                subject,
                Wording.of(metric, own.get().median()),
                least ? "lowest" : "highest",
                rival.get().subject(),
                Wording.of(metric, theirs.median())));
  }

  /// Whether it reaches this share of the best rate of all.
  Point share(String workload, Metric metric, String subject, double share) {
    Optional<Estimate> own = figure(workload, subject, metric);
    Optional<Cell> best =
        others(workload, subject).stream()
            .filter(cell -> cell.figure(metric).isPresent())
            .max(Comparator.comparingDouble(cell -> cell.figure(metric).orElseThrow().median()));
    if (own.isEmpty() || best.isEmpty()) {
      return lacking(workload, metric, subject, "another model");
    }
    double top = best.get().figure(metric).orElseThrow().median();
    return Point.of(
        own.get().median() >= share * top,
        "Under %s, %s: %s %s; the best of the others is %s with %s."
            .formatted(
                workload,
                metric.label(),
                subject,
                Wording.of(metric, own.get().median()),
                best.get().subject(),
                Wording.of(metric, top)));
  }

  /// Whether the figure is certainly not over this one.
  Point atMost(String workload, Metric metric, String subject, double limit) {
    return figure(workload, subject, metric)
        .map(
            own ->
                Point.of(
                    own.low() <= limit,
                    "Under %s, %s of %s: %s, where at most %s was to be expected."
                        .formatted(
                            workload,
                            metric.label(),
                            subject,
                            Wording.of(metric, own.median()),
                            Wording.of(metric, limit))))
        .orElseGet(() -> lacking(workload, metric, subject));
  }

  Point atLeast(String workload, Metric metric, String subject, double limit) {
    return figure(workload, subject, metric)
        .map(
            own ->
                Point.of(
                    own.median() >= limit,
                    "Under %s, %s of %s: %s."
                        .formatted(
                            workload, metric.label(), subject, Wording.of(metric, own.median()))))
        .orElseGet(() -> lacking(workload, metric, subject));
  }

  Point lacking(String workload, Metric metric, String... subjects) {
    return Point.unknown(
        "Not measured: %s under %s, of %s."
            .formatted(metric.label(), workload, String.join(" and ", subjects)));
  }

  private List<Cell> others(String workload, String subject) {
    return result.cells().stream()
        .filter(cell -> cell.workload().equals(workload) && !cell.subject().equals(subject))
        .toList();
  }

  private static String pair(
      String workload, Metric metric, String one, Estimate its, String other, Estimate theirs) {
    double greater = Math.max(its.median(), theirs.median());
    double less = Math.min(its.median(), theirs.median());
    String ratio =
        Noise.differ(metric, its, theirs)
            ? less > 0 ? " (" + Wording.times(greater, less) + ")" : ""
            : " (no difference)";
    return "Under %s, %s: %s %s, %s %s%s."
        .formatted(
            workload,
            metric.label(),
            one,
            Wording.of(metric, its.median()),
            other,
            Wording.of(metric, theirs.median()),
            ratio);
  }
}
