package usher.lab.claim;

/// What became of one claim.
///
/// @param number in the list of claims, from 1
/// @param claim in the textbook's words
/// @param figures that it was judged by, and what was not measured, in sentences
public record Finding(int number, String claim, Verdict verdict, String figures) {

  /// Of a claim, for this machine and these workloads.
  public enum Verdict {
    HOLDS("holds here"),
    FAILS("does not hold here"),
    UNMEASURED("not measured");

    private final String label;

    Verdict(String label) {
      this.label = label;
    }

    /// In words.
    public String label() {
      return label;
    }
  }
}
