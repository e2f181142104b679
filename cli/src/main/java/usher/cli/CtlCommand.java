package usher.cli;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;
import usher.cli.console.Failure;
import usher.cli.console.Options;
import usher.cli.console.Terminal;
import usher.cli.control.Control;
import usher.cli.control.ControlClient;
import usher.cli.control.Prompt;
import usher.cli.control.View;
import usher.cli.serving.Folders;

/// `usher ctl`: asks a running server, or tells it what to do.
final class CtlCommand implements Command {
  @Override
  public String name() {
    return "ctl";
  }

  @Override
  public String summary() {
    return "Asks a running server how it is, or tells it what to do.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .paramLabel("COMMAND")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .completionCandidates(Control.COMMANDS)
            .description(
                "status, connections, model NAME, threads,",
                "threads-dump, drain, resume, loglevel NAME,",
                "restart, stop. Without one it asks for them.")
            .build());
    spec.addOption(control());
    spec.addOption(Options.flag("--json", "As JSON, for programs."));
    spec.usageMessage()
        .customSynopsis("usher ctl [OPTION...] [COMMAND]")
        .footer(
            Commands.example("usher ctl status", "How the server is that runs here."),
            Commands.example("usher ctl model event-loop", "Who comes is seated otherwise."),
            Commands.example("usher ctl connections --json | jq .", "Its clients, for a program."),
            Commands.example("usher ctl --control /run/web.sock", "Asks for commands."));
    return spec;
  }

  /// The option that names a server, for every command that asks one.
  static OptionSpec control() {
    return Options.path(
        "--control", "PATH", "The control socket of the server. Default: that of the only one.");
  }

  static ControlClient client(ParseResult given) {
    @Nullable String path = given.matchedOptionValue("--control", null);
    return ControlClient.find(path == null ? null : Folders.path("no socket", path));
  }

  @Override
  public int run(ParseResult given, Terminal terminal) throws IOException {
    List<String> words = given.matchedPositionalValue(0, List.of());
    View view = new View(terminal);
    if (words.isEmpty()) {
      if (!Terminal.canAsk()) {
        throw Failure.usage("say which command: " + String.join(", ", Control.COMMANDS));
      }
      new Prompt(client(given), view, terminal).run();
      return Failure.OK;
    }
    JsonNode answer = client(given).ask(String.join(" ", words));
    terminal.print(
        given.hasMatchedOption("--json")
            ? answer.toPrettyString()
            : view.of(words.getFirst(), answer));
    return Failure.OK;
  }
}
