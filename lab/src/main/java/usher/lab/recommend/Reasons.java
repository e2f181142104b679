package usher.lab.recommend;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import usher.lab.recommend.Election.Stage;
import usher.lab.result.Cell;
import usher.lab.result.Metric;
import usher.lab.result.Wording;

/// An election in words.
final class Reasons {
  private Reasons() {}

  /// What decided, in the order of the rules.
  static List<String> of(Election election) {
    List<String> reasons = new ArrayList<>();
    if (election.level().isEmpty()) {
      reasons.add("No model meets the constraints.");
      return reasons;
    }
    boolean rated =
        !election.stages().isEmpty() && election.stages().getFirst().rule() == Rule.CAPACITY;
    if (!rated) {
      reasons.add(unrated(election));
    }
    for (Stage stage : election.stages()) {
      reasons.add(stage(stage));
    }
    if (election.level().size() > 1) {
      Cell named = election.level().getFirst();
      reasons.add(
          "No difference between %s in what was measured; %s is named because it is simpler."
              .formatted(names(election.level(), " and "), named.subject()));
    }
    return reasons;
  }

  /// Over the next, by the rule that decided.
  static String margin(Election election) {
    return switch (election.decidedBy()) {
      case NOBODY -> "";
      case ALONE -> "none, no other model meets the constraints.";
      case SIMPLICITY -> "none, no difference between " + names(election.level(), " and ") + ".";
      default -> {
        Stage last = election.stages().getLast();
        Cell named = election.level().getFirst();
        Cell next = last.dropped().getFirst();
        double own = Election.median(last.metric(), named);
        double other = Election.median(last.metric(), next);
        yield last.metric().better() == Metric.Better.HIGHER
            ? "%s the %s of %s, the next."
                .formatted(Wording.times(own, other), last.metric().label(), next.subject())
            : "the %s of %s, the next, is %s as much."
                .formatted(last.metric().label(), next.subject(), Wording.times(other, own));
      }
    };
  }

  private static String unrated(Election election) {
    Metric metric = election.yardstick();
    if (election.eligible().size() == 1) {
      Cell only = election.eligible().getFirst();
      return "%s alone meets the constraints, with %s: %s."
          .formatted(
              only.subject(),
              metric.label(),
              Wording.spread(metric, Election.estimate(metric, only)));
    }
    return "No difference in the %s between %s."
        .formatted(metric.label(), figures(metric, election.eligible()));
  }

  private static String stage(Stage stage) {
    String best = stage.metric().better() == Metric.Better.HIGHER ? "highest" : "lowest";
    String label = stage.metric().label();
    String superlative = label.startsWith(best) ? label : best + " " + label;
    String kept =
        stage.kept().size() == 1
            ? "%s has the %s: %s"
                .formatted(
                    stage.kept().getFirst().subject(),
                    superlative,
                    Wording.spread(
                        stage.metric(), Election.estimate(stage.metric(), stage.kept().getFirst())))
            : "The %s is that of %s, between which there is no difference"
                .formatted(superlative, figures(stage.metric(), stage.kept()));
    return "%s; next is %s."
        .formatted(kept, figures(stage.metric(), List.of(stage.dropped().getFirst())));
  }

  private static String figures(Metric metric, List<Cell> cells) {
    return cells.stream()
        .map(
            cell -> cell.subject() + " (" + Wording.of(metric, Election.median(metric, cell)) + ")")
        .collect(Collectors.joining(", "));
  }

  static String names(List<Cell> cells, String last) {
    List<String> names = cells.stream().map(Cell::subject).toList();
    int end = names.size() - 1;
    return end == 0
        ? names.getFirst()
        : String.join(", ", names.subList(0, end)) + last + names.get(end);
  }
}
