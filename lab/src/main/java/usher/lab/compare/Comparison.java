package usher.lab.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import usher.lab.compare.Change.Verdict;
import usher.lab.result.Cell;
import usher.lab.result.Estimate;
import usher.lab.result.LabResult;
import usher.lab.result.Machine;
import usher.lab.result.Metric;
import usher.lab.result.WorkloadNote;

/// Two runs, figure by figure: what became better or worse beyond [Noise], what did not, and what
/// cannot be told.
/// - A workload whose objective or parameters differ measures something else: none of its figures
///   is compared, and a warning says what differs.
/// - Where only the common rate differs, the figures that were taken at it are not compared; the
///   others are.
/// - Another machine, JDK, or pinning is warned of, and compared all the same: nobody else can tell
///   whether it matters.
/// - What only one run has is missing, and no regression: a warning names the cells that are gone.
///
/// @param changes by workload, subject and metric, in the order of the new run
/// @param warnings what a reader must know before believing it
public record Comparison(List<Change> changes, List<String> warnings) {
  /// Taken at the common rate, and so to be compared only where that is the same.
  private static final Set<Metric> AT_COMMON_RATE =
      Set.of(
          Metric.COMMON_P50,
          Metric.COMMON_P99,
          Metric.COMMON_P999,
          Metric.FAILED,
          Metric.CPU,
          Metric.SWITCHES,
          Metric.RESIDENT);

  /// Common rates closer than this are the same rate, found by a search.
  private static final double SAME_RATE = 0.01;

  public Comparison {
    changes = List.copyOf(changes);
    warnings = List.copyOf(warnings);
  }

  /// Compares an old run with a new one.
  public static Comparison of(LabResult old, LabResult now) {
    List<String> warnings = new ArrayList<>(machines(old.machine(), now.machine()));
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<String, Set<String>> workload : cells(old, now).entrySet()) {
      Optional<WorkloadNote> before = note(old, workload.getKey());
      Optional<WorkloadNote> after = note(now, workload.getKey());
      List<String> differences =
          before.isPresent() && after.isPresent()
              ? differences(before.get(), after.get())
              : List.of();
      if (!differences.isEmpty()) {
        warnings.add(
            workload.getKey() + " is not compared: " + String.join(", ", differences) + ".");
      }
      boolean sameRate =
          before.isEmpty()
              || after.isEmpty()
              || near(before.get().commonRate(), after.get().commonRate());
      if (!sameRate && differences.isEmpty()) {
        warnings.add(
            "The common rate of %s was %s and is %s: what was measured at it is not compared."
                .formatted(workload.getKey(), before.get().commonRate(), after.get().commonRate()));
      }
      for (String subject : workload.getValue()) {
        Optional<Cell> then = old.cell(subject, workload.getKey());
        Optional<Cell> here = now.cell(subject, workload.getKey());
        if (then.isPresent() && here.isEmpty()) {
          warnings.add(subject + " under " + workload.getKey() + " was measured and is not.");
        }
        for (Metric metric : Metric.values()) {
          Optional<Estimate> was = then.flatMap(cell -> cell.figure(metric));
          Optional<Estimate> is = here.flatMap(cell -> cell.figure(metric));
          if (was.isPresent() || is.isPresent()) {
            boolean comparable =
                differences.isEmpty() && (sameRate || !AT_COMMON_RATE.contains(metric));
            Verdict verdict = verdict(metric, was, is, comparable);
            changes.add(new Change(workload.getKey(), subject, metric, verdict, was, is));
          }
        }
      }
    }
    if (noneCompared(changes)) {
      warnings.add("Nothing could be compared.");
    }
    return new Comparison(changes, warnings);
  }

  /// Whether any figure is worse beyond noise: the run is to fail.
  public boolean regressed() {
    return count(Verdict.WORSE) > 0;
  }

  /// Whether no figure could be compared at all: nobody can say that nothing became worse.
  public boolean tellsNothing() {
    return noneCompared(changes);
  }

  private static boolean noneCompared(List<Change> changes) {
    return changes.stream().noneMatch(change -> compared(change.verdict()));
  }

  /// How many figures this is said of.
  public long count(Verdict verdict) {
    return changes.stream().filter(change -> change.verdict() == verdict).count();
  }

  private static boolean compared(Verdict verdict) {
    return switch (verdict) {
      case BETTER, WORSE, SAME -> true;
      case MISSING, INCOMPARABLE -> false;
    };
  }

  private static Verdict verdict(
      Metric metric, Optional<Estimate> was, Optional<Estimate> is, boolean comparable) {
    if (was.isEmpty() || is.isEmpty()) {
      return Verdict.MISSING;
    }
    if (!comparable) {
      return Verdict.INCOMPARABLE;
    }
    if (!Noise.differ(metric, was.get(), is.get())) {
      return Verdict.SAME;
    }
    return Noise.ahead(metric, is.get(), was.get()) ? Verdict.BETTER : Verdict.WORSE;
  }

  /// The subjects of each workload, those of the new run first.
  private static Map<String, Set<String>> cells(LabResult old, LabResult now) {
    Map<String, Set<String>> subjects = new LinkedHashMap<>();
    Stream.concat(now.cells().stream(), old.cells().stream())
        .forEach(
            cell ->
                subjects
                    .computeIfAbsent(cell.workload(), _ -> new LinkedHashSet<>())
                    .add(cell.subject()));
    return subjects;
  }

  private static Optional<WorkloadNote> note(LabResult result, String name) {
    return result.workloads().stream().filter(note -> note.name().equals(name)).findFirst();
  }

  private static List<String> differences(WorkloadNote before, WorkloadNote after) {
    List<String> differences = new ArrayList<>();
    if (!before.objective().equals(after.objective())) {
      differences.add("its objective was another");
    }
    Set<String> names = new TreeSet<>(before.parameters().keySet());
    names.addAll(after.parameters().keySet());
    for (String name : names) {
      String was = before.parameters().getOrDefault(name, "nothing");
      String is = after.parameters().getOrDefault(name, "nothing");
      if (!was.equals(is)) {
        differences.add("its " + name + " was " + was + " and is " + is);
      }
    }
    return differences;
  }

  private static boolean near(double one, double other) {
    return Math.abs(one - other) <= SAME_RATE * Math.max(one, other);
  }

  private static List<String> machines(Machine before, Machine after) {
    List<String> warnings = new ArrayList<>();
    warn(warnings, "processor", before.processor(), after.processor());
    warn(warnings, "number of cores", before.cores(), after.cores());
    warn(warnings, "memory in bytes", before.memoryBytes(), after.memoryBytes());
    warn(warnings, "system", before.system(), after.system());
    warn(warnings, "JDK", before.java(), after.java());
    warn(warnings, "options of the JVM", before.flags(), after.flags());
    warn(warnings, "pinning", before.pinning(), after.pinning());
    return warnings;
  }

  private static void warn(List<String> warnings, String what, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      warnings.add("Another machine: the " + what + " was " + before + " and is " + after + ".");
    }
  }
}
