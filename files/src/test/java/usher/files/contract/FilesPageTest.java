package usher.files.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import usher.testkit.contract.ModelsPage;

final class FilesPageTest {
  @Test
  void the_committed_page_is_up_to_date() throws Exception {
    Path page = Path.of(System.getProperty("basedir", ""), "..", "docs", "models.md");

    assertThat(ModelsPage.missing(FilesSuite.suite(), page))
        .as("what is missing in docs/models.md; make it anew as it says itself")
        .isEmpty();
  }
}
