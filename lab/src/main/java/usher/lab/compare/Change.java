package usher.lab.compare;

import java.util.Optional;
import usher.lab.result.Estimate;
import usher.lab.result.Metric;

/// What became of one figure from an old run to a new one.
///
/// @param old empty where the old run has no such figure
/// @param now empty where the new run has none
public record Change(
    String workload,
    String subject,
    Metric metric,
    Verdict verdict,
    Optional<Estimate> old,
    Optional<Estimate> now) {

  /// What is said of it.
  public enum Verdict {
    BETTER("better"),
    WORSE("worse"),
    /// Or the difference is noise.
    SAME("no difference"),
    /// Only one of the runs has it.
    MISSING("missing"),
    /// Both have it, and they measured different things.
    INCOMPARABLE("not comparable");

    private final String label;

    Verdict(String label) {
      this.label = label;
    }

    /// In words.
    public String label() {
      return label;
    }
  }

  /// By how much the median has changed, as a share of the old; empty where one is missing or the
  /// old is 0.
  public Optional<Double> share() {
    if (old.isEmpty() || now.isEmpty() || old.get().median() == 0) {
      return Optional.empty();
    }
    return Optional.of(now.get().median() / old.get().median() - 1);
  }
}
