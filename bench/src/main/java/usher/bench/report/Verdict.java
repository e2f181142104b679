package usher.bench.report;

import java.util.Optional;
import usher.bench.workload.Target;

/// A target beside what was reached.
///
/// @param target the target
/// @param reached the repeats of its figure; empty if there are none
/// @param outcome the judgement
record Verdict(Target target, Optional<Summary> reached, Outcome outcome) {
  /// The median decides.
  enum Outcome {
    MET("met"),
    MISSED("**missed**"),
    FAILED("**failed**"),
    NOT_MEASURED("not measured");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  static Verdict of(Target target, Results results) {
    Optional<Summary> reached =
        results.summary(target.workload(), target.contender(), target.metric());
    Outcome outcome;
    if (reached.isPresent()) {
      outcome = target.isMetBy(reached.get().median()) ? Outcome.MET : Outcome.MISSED;
    } else {
      boolean failed = results.failure(target.workload(), target.contender()).isPresent();
      outcome = failed ? Outcome.FAILED : Outcome.NOT_MEASURED;
    }
    return new Verdict(target, reached, outcome);
  }
}
