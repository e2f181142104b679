package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Asks bash itself, as it would ask when somebody presses the tabulator.
final class CompletionCommandTest {
  @TempDir Path folder;

  private List<String> complete(String... words) throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, Run.of("completion").out());
    String line =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_usher; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, "'" + String.join("' '", words) + "'", words.length - 1);
    // Outside of a real completion bash complains that there is none for `compopt` to set.
    Process bash = new ProcessBuilder("bash", "-c", line).redirectError(Redirect.DISCARD).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.lines().map(String::strip).filter(word -> !word.isEmpty()).toList();
  }

  @Test
  void commands_are_completed() throws Exception {
    assertThat(complete("usher", "ec")).containsExactly("echo");
    assertThat(complete("usher", "")).contains("echo", "models", "completion");
  }

  @Test
  void options_are_completed() throws Exception {
    assertThat(complete("usher", "echo", "--max"))
        .containsExactlyInAnyOrder("--max-connections", "--max-per-address", "--max-wait");
    assertThat(complete("usher", "models", "--")).contains("--json", "--markdown");
  }

  @Test
  void models_and_services_are_completed() throws Exception {
    assertThat(complete("usher", "echo", "--model", "event"))
        .containsExactly("event-loop", "event-loops", "event-loop-workers");
    assertThat(complete("usher", "echo", "--service", "d")).containsExactly("discard", "daytime");
  }

  @Test
  void zsh_gets_the_same_script() {
    assertThat(Run.of("completion", "zsh")).isEqualTo(Run.of("completion", "bash"));
    assertThat(Run.of("completion").out()).contains("bashcompinit");
  }
}
