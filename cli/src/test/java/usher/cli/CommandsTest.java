package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandsTest {
  private static final int COLUMNS = 80;

  @Test
  void help_lists_the_commands_with_examples_and_exit_codes() {
    Run run = Run.of("--help");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("Usage: usher COMMAND [OPTION...]\n")
        .contains("\n  serve ", "\n  echo ", "\n  models ", "\n  testee ", "\n  completion ")
        .contains("\nExamples:\n  usher serve\n")
        .contains("\nExit codes:\n  0 ", "\n  1 ", "\n  2 ", "\n  130, 143 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "echo", "models", "testee", "completion"})
  void every_command_has_help_with_examples_in_80_columns(String command) {
    Run run = Run.of(command, "--help");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("Usage: usher " + command)
        .contains("\nExamples:\n  ", "usher " + command, "\nExit codes:\n")
        .doesNotContain("\033", "@|", "%n", "%%");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= COLUMNS);
    assertThat(Run.of("help", command)).isEqualTo(run);
    assertThat(Run.of(command, "-h")).isEqualTo(run);
  }

  @Test
  void help_is_coloured_on_a_terminal_only_and_says_the_same() {
    String plain = Run.of("echo", "--help").out();
    String coloured = Run.coloured("echo", "--help").out();
    assertThat(coloured).contains("\033[1m");
    assertThat(coloured.replaceAll("\033\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  @Test
  void nothing_at_all_shows_the_help_as_a_mistake() {
    Run run = Run.of();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo(Run.of("--help").out());
  }

  @Test
  void version_names_the_command_and_java() {
    assertThat(Run.of("--version").out())
        .matches(
            "usher \\S+ \\(Java "
                + java.util.regex.Pattern.quote(Runtime.version() + "")
                + ", .*\\)\n");
    assertThat(Run.of("-V")).isEqualTo(Run.of("--version"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ehco | there is no command ehco; did you mean echo? (",
        "zzzzzz | there is no command zzzzzz (",
        "echo --treads 5 | there is no option --treads; did you mean --threads? see usher echo"
            + " --help",
        "echo --zzzzzz | there is no option --zzzzzz; see usher echo --help",
        "echo --treads=5 | there is no option --treads; did you mean --threads? see usher echo"
            + " --help",
        "echo --threads | --threads needs a value; see usher echo --help",
        "echo --threads --quiet | --threads needs a value; see usher echo --help",
        "echo word | word is one word too many; see usher echo --help",
        "echo --model iterative --model iterative | --model is there twice; once is enough",
        "echo --model vitrual-threads | there is no model vitrual-threads; did you mean"
            + " virtual-threads? (iterative, thread-per-connection, thread-pool, virtual-threads,"
            + " event-loop, event-loops, event-loop-workers, prefork, process-per-connection)",
        "echo --threads 5 | --threads: the model virtual-threads has no number of threads to"
            + " choose; these have: thread-pool, event-loops, event-loop-workers, prefork",
        "echo --model event-loops --threads 0 | --threads must be at least 1, not 0",
        "echo --model event-loops --threads 100001 | --threads must be at most 100,000, not 100001",
        "echo --listen here | --listen: no address: here; say tcp:PORT, tcp:HOST:PORT,"
            + " tcp:[IPV6]:PORT, the same with udp, or unix:PATH",
        "echo --listen tcp:65536 | --listen: a port is a number from 0 to 65535, not 65536",
        "echo --listen 8080 --listen tcp:127.0.0.1:8080 | --listen tcp:127.0.0.1:8080 is there"
            + " twice; once is enough",
        "serve --listen udp:8080 | --listen udp:8080: HTTP is spoken over streams; say tcp:PORT or"
            + " unix:PATH",
        "echo --listen udp:7 --listen udp:7 | --listen udp:7 is there twice; once is enough",
        "echo --max-connections 0 | --max-connections must be at least 1, not 0",
        "echo --queue 0 | --queue must be at least 1, not 0",
        "echo --backlog none | --backlog takes a number, not none",
        "echo --idle-timeout 0 | --idle-timeout must be above zero",
        "echo --write-timeout soon | --write-timeout takes a duration such as 500ms, 10s, 2m or 1h,"
            + " not soon",
        "echo --drain forever | --drain takes a duration such as 500ms, 10s, 2m or 1h, not forever",
        "echo --service daylight | there is no service daylight (echo, discard, daytime, chargen)",
        "echo --service daytim | there is no service daytim; did you mean daytime? (echo, discard,"
            + " daytime, chargen)",
        "models --json --markdown | --json or --markdown, not both",
        "completion fish | there is a script for bash and zsh, not for fish",
      })
  void mistake_is_one_line_that_says_what_to_do(String line, String complaint) {
    Run run = Run.of(line.split(" ", -1));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("usher: " + complaint).endsWith("\n").hasLineCount(1);
  }

  @Test
  void folder_in_the_place_of_a_command_is_understood(@TempDir Path folder) {
    assertThat(Run.of(folder.toString()).err())
        .startsWith(
            "usher: there is no command " + folder + "; did you mean usher serve " + folder);
  }

  @Test
  void complaint_is_coloured_on_a_terminal_only() {
    assertThat(Run.coloured("ehco").err()).startsWith("\033[31musher:\033[0m there is no command");
  }
}
