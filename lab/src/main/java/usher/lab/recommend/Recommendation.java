package usher.lab.recommend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import usher.lab.result.LabResult;
import usher.lab.result.WorkloadNote;

/// Which model fits, for each workload and for all of them together.
///
/// @param wishes that it was made for
/// @param workloads an advice for each workload with at least one cell, in the order of the run
/// @param overall empty where no workload was measured
public record Recommendation(Wishes wishes, List<Advice> workloads, Optional<Overall> overall) {
  public Recommendation {
    workloads = List.copyOf(workloads);
  }

  /// By the rules of `docs/guide/recommendation.md`. Gives the same for the same result.
  public static Recommendation of(LabResult result, Wishes wishes) {
    Map<WorkloadNote, Election> elections = new LinkedHashMap<>();
    for (WorkloadNote note : result.workloads()) {
      if (result.cells().stream().anyMatch(cell -> cell.workload().equals(note.name()))) {
        elections.put(note, Election.of(result, note, wishes));
      }
    }
    List<Advice> advice =
        elections.entrySet().stream()
            .map(entry -> advice(result, entry.getKey(), wishes, entry.getValue()))
            .toList();
    Optional<Overall> overall =
        elections.isEmpty() ? Optional.empty() : Optional.of(Overall.of(result, wishes, elections));
    return new Recommendation(wishes, advice, overall);
  }

  /// For this workload.
  public Optional<Advice> workload(String name) {
    return workloads.stream().filter(advice -> advice.workload().equals(name)).findFirst();
  }

  private static Advice advice(
      LabResult result, WorkloadNote note, Wishes wishes, Election election) {
    return new Advice(
        note.name(),
        election.named().map(cell -> cell.subject()),
        election.decidedBy(),
        election.level().stream().map(cell -> cell.subject()).toList(),
        Reasons.margin(election),
        Reasons.of(election),
        election.excluded(),
        Alternatives.of(result, note, wishes, election));
  }
}
