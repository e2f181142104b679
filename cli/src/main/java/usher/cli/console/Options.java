package usher.cli.console;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/// Options of a command, in the forms that they have here. A value stays text until its reader has
/// looked at it, so that what is wrong is said in our words.
public final class Options {
  private Options() {}

  /// One that is there or not.
  ///
  /// @param more other names of it
  public static OptionSpec flag(String name, String description, String... more) {
    List<String> names = new ArrayList<>(List.of(name));
    names.addAll(List.of(more));
    return OptionSpec.builder(names.toArray(String[]::new))
        .type(boolean.class)
        .description(description)
        .build();
  }

  /// One with a value.
  ///
  /// @param label what the value is, in the help
  public static OptionSpec valued(String name, String label, String... description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  /// One with a path, which stays text as well.
  ///
  /// @param label what is there, in the help
  public static OptionSpec path(String name, String label, String... description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(Path.class)
        .converters(text -> text)
        .description(description)
        .build();
  }

  /// A number, and what it is where nobody says.
  public static OptionSpec counted(String name, String label, String description, int usual) {
    return valued(name, label, description + " Default: " + Quantity.count(usual) + ".");
  }

  /// A size in bytes, and what it is where nobody says.
  public static OptionSpec sized(String name, String description, long usual) {
    return valued(name, "SIZE", description + " Default: " + Quantity.size(usual) + ".");
  }

  /// A time, and what it is where nobody says.
  public static OptionSpec timed(String name, String description, Duration usual) {
    return valued(name, "TIME", description + " Default: " + Quantity.duration(usual) + ".");
  }
}
