package usher.lab.recommend;

import java.util.List;
import java.util.Optional;

/// Which model fits one workload.
///
/// @param workload its name
/// @param named empty where nobody meets the constraints
/// @param decidedBy the rule that left this one; [Rule#SIMPLICITY] where nothing that was measured
///   tells the named and its level apart
/// @param level those of which the figures do not differ from the named's, itself first; one where
///   it has won
/// @param margin over the next, in words
/// @param reasons what was decided on the way, with figures, in the order of the rules
/// @param excluded who did not meet a constraint, and which
/// @param changes what would change it
public record Advice(
    String workload,
    Optional<String> named,
    Rule decidedBy,
    List<String> level,
    String margin,
    List<String> reasons,
    List<Exclusion> excluded,
    List<String> changes) {
  public Advice {
    level = List.copyOf(level);
    reasons = List.copyOf(reasons);
    excluded = List.copyOf(excluded);
    changes = List.copyOf(changes);
  }
}
