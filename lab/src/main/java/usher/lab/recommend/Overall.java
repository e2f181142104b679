package usher.lab.recommend;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import usher.lab.result.LabResult;
import usher.lab.result.Wording;
import usher.lab.result.WorkloadNote;

/// One model for all workloads: the one that loses least where it does worst (minimax regret, on
/// the share of the best rate).
/// 1. Who meets the constraints of the most workloads.
/// 2. Of these, whose smallest share of the best rate is the greatest. Shares within a tenth of
///    each other are level.
/// 3. Of the level, the simplest.
///
/// A workload whose constraints nobody meets says nothing and is left out.
///
/// @param named empty where nobody meets the constraints of any workload
/// @param level those that are level with the named, itself first
/// @param standings of all subjects, the best first
/// @param reasons with figures
/// @param changes what would change it
public record Overall(
    Optional<String> named,
    List<String> level,
    List<Standing> standings,
    List<String> reasons,
    List<String> changes) {
  private static final double LEVEL = 0.10;

  public Overall {
    level = List.copyOf(level);
    standings = List.copyOf(standings);
    reasons = List.copyOf(reasons);
    changes = List.copyOf(changes);
  }

  static Overall of(LabResult result, Wishes wishes, Map<WorkloadNote, Election> elections) {
    List<Standing> standings = standings(result, elections);
    List<String> skipped =
        elections.entrySet().stream()
            .filter(entry -> entry.getValue().eligible().isEmpty())
            .map(entry -> entry.getKey().name())
            .toList();
    List<Standing> level = level(standings);
    if (level.isEmpty()) {
      return new Overall(
          Optional.empty(),
          List.of(),
          standings,
          List.of("No model meets the constraints of any workload."),
          List.of());
    }
    Standing named = level.getFirst();
    return new Overall(
        Optional.of(named.subject()),
        level.stream().map(Standing::subject).toList(),
        standings,
        reasons(named, level, standings, skipped),
        changes(result, wishes, named.subject(), elections));
  }

  private static List<Standing> standings(LabResult result, Map<WorkloadNote, Election> elections) {
    List<Standing> standings = new ArrayList<>();
    for (String subject : result.subjects()) {
      double least = 0;
      String worst = "";
      List<String> failed = new ArrayList<>();
      for (Map.Entry<WorkloadNote, Election> entry : elections.entrySet()) {
        Election election = entry.getValue();
        if (election.eligible().isEmpty()) {
          continue;
        }
        if (election.eligible().stream().noneMatch(cell -> cell.subject().equals(subject))) {
          failed.add(entry.getKey().name());
          continue;
        }
        double share = election.share(subject);
        if (worst.isEmpty() || share < least) {
          least = share;
          worst = entry.getKey().name();
        }
      }
      standings.add(new Standing(subject, least, worst, failed));
    }
    standings.sort(
        Comparator.comparingInt((Standing standing) -> standing.failed().size())
            .thenComparing(Comparator.comparingDouble(Standing::least).reversed())
            .thenComparing(Standing::subject, Simplicity.SIMPLEST_FIRST));
    return standings;
  }

  /// Those that are level with the best, the simplest first; none where nobody is eligible
  /// anywhere.
  private static List<Standing> level(List<Standing> standings) {
    if (standings.isEmpty()) {
      return List.of();
    }
    Standing best = standings.getFirst();
    return standings.stream()
        .filter(standing -> !standing.worst().isEmpty())
        .filter(standing -> standing.failed().size() == best.failed().size())
        .filter(standing -> standing.least() >= best.least() - LEVEL)
        .sorted(Comparator.comparing(Standing::subject, Simplicity.SIMPLEST_FIRST))
        .toList();
  }

  private static List<String> reasons(
      Standing named, List<Standing> level, List<Standing> standings, List<String> skipped) {
    List<String> reasons = new ArrayList<>();
    if (named.failed().isEmpty()) {
      reasons.add(named.subject() + " meets the constraints of every workload.");
    } else {
      reasons.add(
          "No model meets the constraints of every workload; %s misses the fewest: %s."
              .formatted(named.subject(), String.join(", ", named.failed())));
    }
    reasons.add(
        named.least() >= 1
            ? "It loses nothing there: its rate is level with the best."
            : "It loses least where it does worst: under %s it serves %s of the best rate."
                .formatted(named.worst(), percent(named.least())));
    if (level.size() > 1) {
      reasons.add(
          "No difference in that between %s; %s is named because it is simpler."
              .formatted(
                  level.stream().map(Standing::subject).collect(Collectors.joining(", ")),
                  named.subject()));
    }
    standings.stream()
        .filter(other -> !level.contains(other))
        .findFirst()
        .ifPresent(next -> reasons.add("Next is " + next.subject() + ": " + loss(next) + "."));
    if (!skipped.isEmpty()) {
      reasons.add("Left out, as nobody meets its constraints: " + String.join(", ", skipped) + ".");
    }
    return reasons;
  }

  private static String loss(Standing standing) {
    List<String> losses = new ArrayList<>();
    if (!standing.failed().isEmpty()) {
      losses.add("it misses the constraints of " + String.join(", ", standing.failed()));
    }
    if (!standing.worst().isEmpty()) {
      losses.add(percent(standing.least()) + " of the best rate under " + standing.worst());
    }
    return String.join("; ", losses);
  }

  private static List<String> changes(
      LabResult result, Wishes wishes, String named, Map<WorkloadNote, Election> elections) {
    List<String> changes = new ArrayList<>();
    Map<String, List<String>> others = new LinkedHashMap<>();
    elections.forEach(
        (note, election) -> {
          boolean level = election.level().stream().anyMatch(c -> c.subject().equals(named));
          if (!level && election.named().isPresent()) {
            String other = election.level().getFirst().subject();
            others.computeIfAbsent(other, _ -> new ArrayList<>()).add(note.name());
          }
        });
    others.forEach(
        (other, notes) ->
            changes.add(
                "If all requests were as in %s: %s.".formatted(String.join(" or ", notes), other)));
    if (result.subjects().stream().anyMatch(Simplicity::isolates)
        && result.subjects().stream().anyMatch(subject -> !Simplicity.isolates(subject))) {
      Wishes turned = wishes.isolated(!wishes.isolation());
      Optional<String> instead = quick(result, turned, elections.keySet());
      instead
          .filter(subject -> !subject.equals(named))
          .ifPresent(
              subject ->
                  changes.add(
                      (wishes.isolation()
                              ? "Without isolation: "
                              : "If a handler may crash, leak or exit: ")
                          + subject
                          + "."));
    }
    return changes;
  }

  /// Who would be named with other wishes.
  private static Optional<String> quick(LabResult result, Wishes wishes, Set<WorkloadNote> notes) {
    Map<WorkloadNote, Election> elections = new LinkedHashMap<>();
    notes.forEach(note -> elections.put(note, Election.of(result, note, wishes)));
    return level(standings(result, elections)).stream().map(Standing::subject).findFirst();
  }

  private static String percent(double share) {
    return Wording.number(share * 100) + "%";
  }
}
