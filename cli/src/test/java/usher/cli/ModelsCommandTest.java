package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import usher.server.Model;
import usher.session.Capability;

final class ModelsCommandTest {
  @Test
  void table_has_a_row_for_each_model_and_fits_80_columns() {
    Run run = Run.of("models");
    int cores = Runtime.getRuntime().availableProcessors();
    String loops = "%-5d".formatted(cores);
    String workers = "%-5d".formatted(Math.max(32, 4 * cores));
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(run.out().lines().limit(11))
        .containsExactly(
            "                       concurrent shared blocking cheap",
            "model                  clients    memory alone    waiting size tcp unix udp",
            "iterative              -          yes    -        -       -    yes yes  yes",
            "thread-per-connection  yes        yes    yes      -       -    yes yes  yes",
            "thread-pool            yes        yes    yes      -       200  yes yes  yes",
            "virtual-threads        yes        yes    yes      yes     -    yes yes  yes",
            "event-loop             yes        yes    -        yes     -    yes yes  yes",
            "event-loops            yes        yes    -        yes     " + loops + "yes yes  yes",
            "event-loop-workers     yes        yes    yes      yes     " + workers + "yes yes  yes",
            "prefork                yes        -      -        yes     " + loops + "yes yes  yes",
            "process-per-connection yes        -      yes      -       -    yes yes  yes");
    for (Model model : Model.all()) {
      assertThat(run.out()).containsPattern("(?m)^" + model.name() + " +" + model.summary());
    }
  }

  @Test
  void colours_change_nothing_but_colours() {
    String coloured = Run.coloured("models").out();
    assertThat(coloured).contains("\033[");
    assertThat(coloured.replaceAll("\033\\[[0-9;]*m", "")).isEqualTo(Run.of("models").out());
  }

  @Test
  void json_says_what_the_code_says() {
    JsonNode all = JsonMapper.shared().readTree(Run.of("models", "--json").out());
    assertThat(all.get("models")).hasSize(Model.all().size());
    for (int i = 0; i < Model.all().size(); i++) {
      Model model = Model.all().get(i);
      JsonNode shown = all.get("models").get(i);
      assertThat(shown.get("name").asString()).isEqualTo(model.name());
      assertThat(shown.get("summary").asString()).isEqualTo(model.summary());
      assertThat(shown.get("size").isNull()).isEqualTo(model.size().isEmpty());
      assertThat(texts(shown.get("capabilities")))
          .containsExactlyInAnyOrderElementsOf(
              model.capabilities().stream().map(ModelsCommandTest::label).toList());
      assertThat(texts(shown.get("transports"))).containsExactly("tcp", "unix", "udp");
    }
    for (Capability capability : Capability.values()) {
      assertThat(all.get("capabilities").get(label(capability)).asString())
          .isEqualTo(capability.meaning());
    }
  }

  @Test
  void markdown_is_one_table_and_its_legend() {
    List<String> lines = Run.of("models", "--markdown").out().lines().toList();
    assertThat(lines.get(0))
        .isEqualTo(
            "| model | concurrent clients | shared memory | blocking alone | cheap waiting |"
                + " size | tcp | unix | udp |");
    assertThat(lines.get(1)).isEqualTo("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    assertThat(lines.get(2)).isEqualTo("| `iterative` | - | yes | - | - | - | yes | yes | yes |");
    assertThat(lines.stream().filter(line -> line.startsWith("| `"))).hasSize(Model.all().size());
    assertThat(lines).contains("- *blocking alone*: " + Capability.BLOCKING_ALONE.meaning());
  }

  private static String label(Capability capability) {
    return capability.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
