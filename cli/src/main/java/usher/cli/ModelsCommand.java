package usher.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Options;
import usher.cli.console.Terminal;

/// `usher models`: the models side by side.
final class ModelsCommand implements Command {
  @Override
  public String name() {
    return "models";
  }

  @Override
  public String summary() {
    return "Shows the server models and what each offers.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addOption(Options.flag("--json", "As JSON, for programs."));
    spec.addOption(Options.flag("--markdown", "As a Markdown table, for documents."));
    spec.usageMessage()
        .customSynopsis("usher models [--json | --markdown]")
        .footer(
            Commands.example("usher models", "A table."),
            Commands.example(
                "usher models --json | jq -r '.models[] | select(.size) | .name'",
                "The models that have a number of threads or processes to choose."));
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) {
    boolean json = given.hasMatchedOption("--json");
    boolean markdown = given.hasMatchedOption("--markdown");
    if (json && markdown) {
      throw Failure.usage("--json or --markdown, not both");
    }
    ModelMatrix matrix = ModelMatrix.ofCode();
    terminal.print(json ? matrix.json() : markdown ? matrix.markdown() : matrix.text(terminal));
    return Failure.OK;
  }
}
