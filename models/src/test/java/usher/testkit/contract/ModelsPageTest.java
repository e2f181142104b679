package usher.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelsPageTest {
  private static final Suite SUITE =
      new Suite(
          "small",
          "A small suite",
          List.of(
              new Suite.Group(
                  "Group",
                  List.of(
                      Behaviour.of("one", _ -> {}),
                      Behaviour.of("two", _ -> {})
                          .notOver(transport -> transport == Transport.UNIX, "no reason")))));

  @TempDir private Path folder;

  private Path page(Suite suite) throws Exception {
    Path results = folder.resolve("results");
    for (Suite.Result result : suite.expected()) {
      List<Suite.Result> model =
          suite.expected().stream().filter(it -> it.model().equals(result.model())).toList();
      new Results(suite.name(), suite.title(), model).write(results, result.model());
    }
    Path page = folder.resolve("page.md");
    ModelsPage.main(new String[] {page.toString(), results.toString()});
    return page;
  }

  @Test
  void the_committed_page_is_up_to_date() throws Exception {
    Path page = Path.of(System.getProperty("basedir", ""), "..", "docs", "models.md");

    for (Suite suite : List.of(Contract.core(), Contract.datagrams())) {
      assertThat(ModelsPage.missing(suite, page))
          .as("what is missing in docs/models.md; make it anew as it says itself")
          .isEmpty();
    }
  }

  @Test
  void a_suite_of_datagrams_counts_its_own_transports() throws Exception {
    Suite datagrams =
        new Suite(
            "small",
            "A small suite",
            List.of(
                new Suite.Group(
                    "Group",
                    List.of(
                        Behaviour.of("one", _ -> {}),
                        Behaviour.of("none", _ -> {}).notOver(_ -> true, "for no reason")))),
            Transport.DATAGRAMS);
    Path page = page(datagrams);

    assertThat(ModelsPage.missing(datagrams, page)).isEmpty();
    assertThat(page)
        .content()
        .contains("On how many of the 2 transports")
        .contains("| one | 2 | 2 | 2 | 2 | 2 | 2 | 2 |")
        .contains("1. for no reason")
        .contains("| udp4 | 1 + 1 |")
        .doesNotContain("tcp4");
  }

  @Test
  void a_fresh_page_is_up_to_date_and_shows_numbers_and_reasons() throws Exception {
    Path page = page(SUITE);

    assertThat(ModelsPage.missing(SUITE, page)).isEmpty();
    assertThat(page)
        .content()
        .contains("| one | 4 | 4 | 4 | 4 | 4 | 4 | 4 | 1 <sup>1</sup> <sup>2</sup> | 1 <sup>1")
        .contains("1. tcp6, unix: tried over tcp4 only")
        .contains("| two | 3 <sup>3</sup> |")
        .contains("3. unix: no reason")
        .contains("53 passed, 19 skipped, 0 failed");
  }

  @Test
  void a_behaviour_more_or_less_or_renamed_makes_a_page_stale() throws Exception {
    Path page = page(SUITE);
    List<Behaviour> two = SUITE.groups().getFirst().behaviours();

    assertThat(ModelsPage.missing(with(List.of(two.get(0))), page)).isNotEmpty();
    assertThat(ModelsPage.missing(with(List.of(two.get(1), two.get(0))), page)).isNotEmpty();
    assertThat(ModelsPage.missing(with(List.of(two.get(0), Behaviour.of("two", _ -> {}))), page))
        .isNotEmpty();
    assertThat(
            ModelsPage.missing(
                with(List.of(two.get(0), two.get(1), Behaviour.of("three", _ -> {}))), page))
        .isNotEmpty();
  }

  @Test
  void a_page_of_a_run_that_failed_is_not_up_to_date() throws Exception {
    Path page = page(SUITE);
    String text = Files.readString(page);

    Files.writeString(page, text.replaceFirst("\\| one \\| 4", "| one | 3, **1 failed**"));

    assertThat(ModelsPage.missing(SUITE, page)).contains("| one |");
  }

  private static Suite with(List<Behaviour> behaviours) {
    return new Suite(SUITE.name(), SUITE.title(), List.of(new Suite.Group("Group", behaviours)));
  }
}
