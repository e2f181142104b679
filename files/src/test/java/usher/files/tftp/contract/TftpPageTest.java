package usher.files.tftp.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import usher.testkit.contract.ModelsPage;

final class TftpPageTest {
  @Test
  void the_committed_page_is_up_to_date() throws Exception {
    Path page = Path.of(System.getProperty("basedir", ""), "..", "docs", "models.md");

    assertThat(ModelsPage.missing(TftpSuite.suite(), page))
        .as("what is missing in docs/models.md; make it anew as it says itself")
        .isEmpty();
  }
}
