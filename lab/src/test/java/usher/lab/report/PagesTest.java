package usher.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.lab.recommend.Rule;

/// The pages of `docs` that speak of the lab.
final class PagesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

  @ParameterizedTest
  @ValueSource(
      strings = {"lecture-map.md", "guide/recommendation.md", "adr/0021-plots-of-the-report.md"})
  void links_lead_to_files_that_are_there(String name) throws IOException {
    Path page = docs().resolve(name);
    LINK.matcher(Files.readString(page))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.startsWith("https:"))
        .forEach(
            link -> assertThat(Objects.requireNonNull(page.getParent()).resolve(link)).exists());
  }

  @Test
  void every_rule_of_the_recommendation_is_written_down() throws IOException {
    String rules = Files.readString(docs().resolve("guide/recommendation.md"));
    for (Rule rule : Rule.values()) {
      boolean outcome = rule == Rule.ALONE || rule == Rule.NOBODY;
      assertThat(outcome || rules.contains("| " + rule.label() + " |")).as(rule.label()).isTrue();
    }
  }

  /// Surefire runs in the module's folder.
  private static Path docs() {
    Path beside = Path.of("..", "docs");
    return Files.exists(beside.resolve("lecture-map.md")) ? beside : Path.of("docs");
  }
}
