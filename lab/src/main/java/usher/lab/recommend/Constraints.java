package usher.lab.recommend;

import java.util.Optional;
import usher.lab.result.Cell;
import usher.lab.result.Estimate;
import usher.lab.result.Metric;
import usher.lab.result.Wording;
import usher.lab.result.WorkloadNote;

/// What a model must meet before it is compared with others.
///
/// @param note the workload
/// @param wishes of the user
/// @param yardstick what the models of this workload are compared by first
record Constraints(WorkloadNote note, Wishes wishes, Metric yardstick) {
  /// More of the requests than this are not answered as they should be: it does not work.
  private static final double FAILURES = 0.001;

  /// The first constraint that this one does not meet; empty if it meets all.
  Optional<Exclusion> broken(Cell cell) {
    Optional<Estimate> capacity = cell.figure(yardstick);
    if (capacity.isEmpty()) {
      return out(cell, Rule.MEASURED, "not measured" + remark(cell));
    }
    if (wishes.isolation() && !Simplicity.isolates(cell.subject())) {
      return out(cell, Rule.ISOLATION, "it serves all clients in one process");
    }
    double highest = capacity.get().median();
    if (highest <= 0) {
      return out(cell, Rule.RATE, "it meets the objective at no rate");
    }
    if (wishes.rate().isPresent() && rated() && highest < wishes.rate().getAsDouble()) {
      return out(
          cell,
          Rule.RATE,
          Wording.of(yardstick, highest)
              + " within the objective, under the wanted "
              + Wording.of(yardstick, wishes.rate().getAsDouble()));
    }
    if (wishes.rate().isEmpty()) {
      Optional<Metric> tail = tail(cell);
      Optional<Estimate> latency = tail.flatMap(cell::figure);
      if (latency.isPresent() && latency.get().low() > note.objective().millis()) {
        return out(
            cell,
            Rule.OBJECTIVE,
            "%s of %s, over the objective of %s ms"
                .formatted(
                    tail.get().label(),
                    Wording.spread(tail.get(), latency.get()),
                    Wording.number(note.objective().millis())));
      }
    }
    Optional<Estimate> memory = cell.figure(Metric.RESIDENT);
    if (wishes.memory().isPresent()) {
      if (memory.isEmpty()) {
        return out(cell, Rule.MEMORY, "its memory was not measured");
      }
      if (memory.get().median() > wishes.memory().getAsDouble()) {
        return out(
            cell,
            Rule.MEMORY,
            "%s resident, over the bound of %s"
                .formatted(
                    Wording.of(Metric.RESIDENT, memory.get().median()),
                    Wording.of(Metric.RESIDENT, wishes.memory().getAsDouble())));
      }
    }
    Optional<Estimate> failed = cell.figure(Metric.FAILED);
    if (failed.isPresent() && failed.get().median() > FAILURES) {
      return out(
          cell,
          Rule.FAILURES,
          Wording.of(Metric.FAILED, failed.get().median()) + " of the requests failed");
    }
    return Optional.empty();
  }

  private boolean rated() {
    return yardstick != Metric.CLIENTS;
  }

  private static String remark(Cell cell) {
    return cell.remarks().isEmpty() ? "" : ": " + cell.remarks().getFirst();
  }

  private static Optional<Exclusion> out(Cell cell, Rule rule, String reason) {
    return Optional.of(new Exclusion(cell.subject(), rule, reason));
  }

  /// The least percentile at the common rate that says whether the objective was met. Of a mixture
  /// that of the light requests: the heavy ones take long by themselves.
  private Optional<Metric> tail(Cell cell) {
    double share = note.objective().share();
    if (share <= 0.99 && cell.figure(Metric.LIGHT_P99).isPresent()) {
      return Optional.of(Metric.LIGHT_P99);
    }
    if (share <= 0.5) {
      return Optional.of(Metric.COMMON_P50);
    }
    if (share <= 0.99) {
      return Optional.of(Metric.COMMON_P99);
    }
    return share <= 0.999 ? Optional.of(Metric.COMMON_P999) : Optional.empty();
  }
}
