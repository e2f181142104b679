package usher.lab.recommend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import usher.lab.compare.Noise;
import usher.lab.result.Cell;
import usher.lab.result.Estimate;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.WorkloadNote;

/// Takes the subjects of one workload through the rules.
///
/// ```
///   all ─► constraints ─► eligible ─► rate ─► tail ─► CPU ─► memory ─► threads ─► simplicity
///               │                       │        each: those level with the best go on
///               ▼                       ▼
///           excluded                 dropped, in a stage
/// ```
///
/// A rule that not all who are left have a figure for is not asked.
///
/// @param yardstick the metric of the first preference: the highest rate, or where nobody has one
///   the clients at once or the closed-loop rate
/// @param excluded by a constraint
/// @param eligible who met all
/// @param stages rules that dropped somebody
/// @param level who was left after all rules that measure, the simplest first
record Election(
    Metric yardstick,
    List<Exclusion> excluded,
    List<Cell> eligible,
    List<Stage> stages,
    List<Cell> level) {
  private static final Comparator<Cell> BY_SUBJECT =
      Comparator.comparing(Cell::subject, Simplicity.SIMPLEST_FIRST);

  /// A rule that dropped somebody.
  ///
  /// @param kept level with the best by this metric
  /// @param dropped the best of them first
  record Stage(Rule rule, Metric metric, List<Cell> kept, List<Cell> dropped) {}

  static Election of(LabResult result, WorkloadNote note, Wishes wishes) {
    List<Cell> all = new ArrayList<>();
    for (String subject : result.subjects()) {
      result.cell(subject, note.name()).ifPresent(all::add);
    }
    all.sort(BY_SUBJECT);
    Metric yardstick = yardstick(all);
    var constraints = new Constraints(note, wishes, yardstick);
    List<Exclusion> excluded = new ArrayList<>();
    List<Cell> eligible = new ArrayList<>();
    for (Cell cell : all) {
      constraints.broken(cell).ifPresentOrElse(excluded::add, () -> eligible.add(cell));
    }
    List<Stage> stages = new ArrayList<>();
    List<Cell> left = eligible;
    left = ask(Rule.CAPACITY, yardstick, left, stages);
    boolean mixture = measured(Metric.LIGHT_P99, left);
    left = ask(Rule.TAIL, mixture ? Metric.LIGHT_P99 : Metric.COMMON_P99, left, stages);
    left = ask(Rule.CPU, Metric.CPU, left, stages);
    left = ask(Rule.RESIDENT, Metric.RESIDENT, left, stages);
    left = ask(Rule.THREADS, Metric.THREADS, left, stages);
    return new Election(
        yardstick, excluded, eligible, stages, left.stream().sorted(BY_SUBJECT).toList());
  }

  Optional<Cell> named() {
    return level.stream().findFirst();
  }

  Rule decidedBy() {
    if (level.isEmpty()) {
      return Rule.NOBODY;
    }
    if (level.size() > 1) {
      return Rule.SIMPLICITY;
    }
    return stages.isEmpty() ? Rule.ALONE : stages.getLast().rule();
  }

  /// The best by the yardstick among who met the constraints.
  Optional<Cell> best() {
    return eligible.stream().max(Comparator.comparingDouble(cell -> median(yardstick, cell)));
  }

  /// How much of the best rate this one serves: 1 if it does not differ from it, 0 if it is not
  /// eligible.
  double share(String subject) {
    Optional<Cell> own = eligible.stream().filter(c -> c.subject().equals(subject)).findFirst();
    if (own.isEmpty()) {
      return 0;
    }
    Cell best = best().orElseThrow();
    return level(yardstick, best, own.get())
        ? 1
        : median(yardstick, own.get()) / median(yardstick, best);
  }

  static double median(Metric metric, Cell cell) {
    return estimate(metric, cell).median();
  }

  static Estimate estimate(Metric metric, Cell cell) {
    return cell.figure(metric).orElseThrow();
  }

  static boolean measured(Metric metric, List<Cell> cells) {
    return !cells.isEmpty() && cells.stream().allMatch(cell -> cell.figure(metric).isPresent());
  }

  private static List<Cell> ask(Rule rule, Metric metric, List<Cell> cells, List<Stage> stages) {
    if (cells.size() < 2 || !measured(metric, cells)) {
      return cells;
    }
    Comparator<Cell> order = Comparator.comparingDouble(cell -> median(metric, cell));
    List<Cell> sorted =
        cells.stream()
            .sorted(metric.better() == Metric.Better.HIGHER ? order.reversed() : order)
            .toList();
    Cell best = sorted.getFirst();
    List<Cell> kept = sorted.stream().filter(cell -> level(metric, best, cell)).toList();
    if (kept.size() < cells.size()) {
      List<Cell> dropped = sorted.stream().filter(cell -> !level(metric, best, cell)).toList();
      stages.add(new Stage(rule, metric, kept, dropped));
    }
    return kept;
  }

  private static boolean level(Metric metric, Cell best, Cell cell) {
    return !Noise.better(metric, estimate(metric, best), estimate(metric, cell));
  }

  private static Metric yardstick(List<Cell> cells) {
    for (Metric metric : List.of(Metric.CAPACITY, Metric.CLIENTS)) {
      if (cells.stream().anyMatch(cell -> cell.figure(metric).isPresent())) {
        return metric;
      }
    }
    return Metric.CLOSED_RATE;
  }
}
