package usher.lab.recommend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import usher.lab.compare.Noise;
import usher.lab.result.Cell;
import usher.lab.result.Estimate;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.Wording;
import usher.lab.result.WorkloadNote;

/// What would change an advice: the same election with another wish, and what follows from its
/// figures. Only what leads to another model is said.
///
/// @param cell of the model that was named
record Alternatives(
    LabResult result, WorkloadNote note, Wishes wishes, Election election, Cell cell) {
  static List<String> of(LabResult result, WorkloadNote note, Wishes wishes, Election election) {
    return election
        .named()
        .map(cell -> new Alternatives(result, note, wishes, election, cell).all())
        .orElseGet(() -> without(result, note, wishes));
  }

  private List<String> all() {
    return Stream.of(isolation(), memory(), slower(), blocking())
        .flatMap(Optional::stream)
        .toList();
  }

  /// Nobody is named: which wish stands in the way.
  private static List<String> without(LabResult result, WorkloadNote note, Wishes wishes) {
    List<String> changes = new ArrayList<>();
    if (wishes.isolation()) {
      named(result, note, wishes.isolated(false))
          .ifPresent(other -> changes.add("Without isolation: " + other.subject() + "."));
    }
    if (wishes.memory().isPresent()) {
      named(result, note, wishes.within(OptionalDouble.empty()))
          .ifPresent(other -> changes.add("Without the bound on memory: " + other.subject() + "."));
    }
    if (wishes.rate().isPresent()) {
      named(result, note, wishes.at(OptionalDouble.empty()))
          .ifPresent(other -> changes.add("At a lower rate: " + other.subject() + "."));
    }
    return changes;
  }

  private Optional<String> isolation() {
    Optional<Cell> other = named(result, note, wishes.isolated(!wishes.isolation()));
    if (other.isEmpty() || same(other.get())) {
      return Optional.empty();
    }
    String condition =
        wishes.isolation()
            ? "Without isolation"
            : "If a handler may crash, leak or exit and the other clients must not notice";
    return Optional.of(condition + ": " + figures(other.get(), election.yardstick()) + ".");
  }

  private Optional<String> memory() {
    if (wishes.memory().isPresent()) {
      return named(result, note, wishes.within(OptionalDouble.empty()))
          .filter(other -> !same(other))
          .map(other -> "Without the bound on memory: " + figures(other, Metric.RESIDENT) + ".");
    }
    Optional<Estimate> own = cell.figure(Metric.RESIDENT);
    if (own.isEmpty() || own.get().low() <= 0) {
      return Optional.empty();
    }
    double bound = Math.nextDown(own.get().low());
    return named(result, note, wishes.within(OptionalDouble.of(bound)))
        .filter(
            other ->
                Noise.better(Metric.RESIDENT, Election.estimate(Metric.RESIDENT, other), own.get()))
        .map(
            other ->
                "If memory were bounded below %s, what %s takes: %s."
                    .formatted(
                        Wording.of(Metric.RESIDENT, own.get().median()),
                        cell.subject(),
                        figures(other, Metric.RESIDENT)));
  }

  /// A cheaper or a simpler one serves less, which may be enough.
  private Optional<String> slower() {
    Metric rate = election.yardstick();
    if (rate != Metric.CAPACITY) {
      return Optional.empty();
    }
    return election.eligible().stream()
        .filter(other -> !election.level().contains(other))
        .filter(other -> cheaper(other) || Simplicity.simpler(other.subject(), cell.subject()))
        .max(Comparator.comparingDouble(other -> Election.median(rate, other)))
        .map(
            other ->
                "If never more than %s are asked for: %s, which is %s."
                    .formatted(
                        Wording.of(rate, Election.estimate(rate, other).low()),
                        other.subject(),
                        cheaper(other)
                            ? "cheaper: CPU time a request of "
                                + Wording.of(Metric.CPU, Election.median(Metric.CPU, other))
                                + " in place of "
                                + Wording.of(Metric.CPU, Election.median(Metric.CPU, cell))
                            : "simpler"));
  }

  private boolean cheaper(Cell other) {
    return Election.measured(Metric.CPU, List.of(cell, other))
        && Noise.better(
            Metric.CPU, Election.estimate(Metric.CPU, other), Election.estimate(Metric.CPU, cell));
  }

  /// A loop serves one over the time that a request holds it. From which time on another model,
  /// that waits aside, serves more is arithmetic: `1/(1/loop + wait) = other`.
  private Optional<String> blocking() {
    int loops = Simplicity.loops(cell.subject(), result.machine().cores());
    Metric rate = election.yardstick();
    if (loops == 0 || rate != Metric.CAPACITY) {
      return Optional.empty();
    }
    double own = Election.median(rate, cell);
    return election.eligible().stream()
        .filter(other -> Simplicity.waitsAside(other.subject()))
        .max(Comparator.comparingDouble(other -> Election.median(rate, other)))
        .filter(other -> Election.median(rate, other) < own)
        .map(
            other ->
                "If each request blocked its thread for more than about %s µs longer, by arithmetic from the rates: %s."
                    .formatted(
                        Wording.number(1e6 * loops * (1 / Election.median(rate, other) - 1 / own)),
                        other.subject()));
  }

  private boolean same(Cell other) {
    return other.subject().equals(cell.subject());
  }

  private static Optional<Cell> named(LabResult result, WorkloadNote note, Wishes wishes) {
    return Election.of(result, note, wishes).named();
  }

  private static String figures(Cell cell, Metric metric) {
    return cell.subject()
        + cell.figure(metric)
            .map(figure -> ", with " + Wording.of(metric, figure.median()))
            .orElse("");
  }
}
