package usher.cli.serving;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Nearest;

/// The options that a command was given: on its command line, or in the file that `--config` names.
/// What stands in both is as the command line says.
///
/// The file has a line `name = value` for each option, its name without the dashes; `#` begins a
/// comment. An option that may be repeated has its values on one line, with blanks between them;
/// one without a value is `true` or `false`.
record Given(ParseResult parsed, Map<String, String> file) {
  static final String CONFIG = "--config";

  /// Reads the file, if there is one.
  ///
  /// @throws Failure if it cannot be read, or has what is no option
  static Given of(ParseResult parsed) {
    @Nullable String name = parsed.matchedOptionValue(CONFIG, null);
    return new Given(parsed, name == null ? Map.of() : read(parsed, Folders.path("no file", name)));
  }

  private static Map<String, String> read(ParseResult parsed, Path path) {
    Properties lines = new Properties();
    try (Reader reader = Files.newBufferedReader(path)) {
      lines.load(reader);
    } catch (IOException | IllegalArgumentException thrown) {
      throw Failure.failed(CONFIG + ": " + path + " cannot be read: " + thrown.getMessage());
    }
    Map<String, String> options = new TreeMap<>();
    for (String name : lines.stringPropertyNames()) {
      String option = "--" + name;
      if (option.equals(CONFIG) || parsed.commandSpec().findOption(option) == null) {
        List<String> names =
            parsed.commandSpec().options().stream()
                .map(OptionSpec::longestName)
                .map(each -> each.substring(2))
                .toList();
        throw Failure.usage(
            "%s: there is no option %s%s".formatted(path, name, Nearest.question(name, names)));
      }
      options.put(option, lines.getProperty(name).strip());
    }
    return options;
  }

  /// The file once more.
  Given again() {
    return of(parsed);
  }

  Optional<String> text(String option) {
    @Nullable String words = parsed.matchedOptionValue(option, null);
    return Optional.ofNullable(words == null ? file.get(option) : words);
  }

  /// Whether it is there; for options without a value.
  boolean has(String option) {
    return parsed.hasMatchedOption(option) || Boolean.parseBoolean(file.get(option));
  }

  /// Whether it is there; for options with a value.
  boolean names(String option) {
    return parsed.hasMatchedOption(option) || file.containsKey(option);
  }

  List<String> all(String option, List<String> usual) {
    String line = file.get(option);
    return parsed.matchedOptionValue(
        option, line == null ? usual : Arrays.asList(line.split("\\s+")));
  }

  /// Whether the command has this option at all.
  boolean knows(String option) {
    return parsed.commandSpec().findOption(option) != null;
  }
}
