package usher.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import usher.lab.result.LabResult;
import usher.testkit.Purity;

final class PurityTest {
  @Test
  void what_judges_figures_touches_no_file_thread_or_clock() {
    Purity purity =
        Purity.of(
                "usher",
                "usher.lab.result",
                "usher.lab.compare",
                "usher.lab.recommend",
                "usher.lab.claim")
            .beside(LabResult.class)
            // The one that reads and writes the file.
            .without(name -> name.startsWith("usher.lab.result.ResultFile"));
    assertThat(purity.classes())
        .contains(
            "usher.lab.compare.Noise", "usher.lab.recommend.Election", "usher.lab.claim.Claims");
    assertThat(purity.findings()).isEmpty();
  }
}
