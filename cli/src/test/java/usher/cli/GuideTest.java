package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import usher.cli.console.Terminal;

/// Holds `docs/guide/command.md` against the command.
final class GuideTest {
  private static final Pattern CALL = Pattern.compile("(?m)^(?:\\./)?usher ([a-z]+[^#>|\\n]*)");
  private static final Pattern OPTION = Pattern.compile("(?m)^ +(?:-\\w, +)?(--[a-z-]+)");

  /// Rows whose size depends on the machine.
  private static final String SIZED = "((?:event-loop\\S+|prefork) .*) \\d+ +yes";

  private static String guide() throws IOException {
    return Files.readString(Path.of("../docs/guide/command.md"));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult each) -> each.group(1).strip())
        .toList();
  }

  static List<String> calls() throws IOException {
    return found(CALL, guide().replaceAll("(?s)```\\n.*?```", ""));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void example_is_a_command_line(String call) {
    CommandLine line = new Commands(Terminal.system()).line();
    assertThat(line.parseArgs(call.split(" +")).subcommand()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "echo", "tftp", "models", "testee", "completion"})
  void every_option_is_explained(String command) throws IOException {
    String guide = guide();
    List<String> options = found(OPTION, Run.of(command, "--help").out());
    assertThat(options).contains("--help");
    assertThat(options).allSatisfy(option -> assertThat(guide).contains("`" + option));
  }

  @Test
  void table_of_models_is_the_one_that_is_shown() throws IOException {
    List<String> shown = Run.of("models").out().lines().limit(11).toList();
    String guide = guide().replaceAll(SIZED, "$1 N yes");
    assertThat(shown)
        .allSatisfy(row -> assertThat(guide).contains(row.replaceAll(SIZED, "$1 N yes")));
  }
}
