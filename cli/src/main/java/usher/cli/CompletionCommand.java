package usher.cli;

import java.util.List;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Terminal;

/// `usher completion`: the script by which a shell completes commands, options, models and folders.
final class CompletionCommand implements Command {
  private static final List<String> SHELLS = List.of("bash", "zsh");

  private final Supplier<CommandSpec> tree;

  /// @param tree every command with its options
  CompletionCommand(Supplier<CommandSpec> tree) {
    this.tree = tree;
  }

  @Override
  public String name() {
    return "completion";
  }

  @Override
  public String summary() {
    return "Prints the script by which bash or zsh completes this command.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("SHELL")
            .type(String.class)
            .completionCandidates(SHELLS)
            .description("bash or zsh; one script serves both.")
            .build());
    spec.usageMessage()
        .customSynopsis("usher completion [SHELL]")
        .footer(
            Commands.example("source <(usher completion)", "Completes in this shell from now on."),
            Commands.example(
                "usher completion bash > ~/.local/share/bash-completion/completions/usher",
                "Completes in every bash from now on."),
            Commands.example(
                "echo 'source <(usher completion zsh)' >> ~/.zshrc",
                "Completes in every zsh from now on."));
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) {
    String shell = given.matchedPositionalValue(0, "bash");
    if (!SHELLS.contains(shell)) {
      throw Failure.usage("there is a script for bash and zsh, not for " + shell);
    }
    CommandSpec root = tree.get();
    terminal.print(AutoComplete.bash(root.name(), new CommandLine(root)).stripTrailing());
    return Failure.OK;
  }
}
