package usher.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Terminal;
import usher.cli.control.View;

/// `usher restart`: the next run of a server takes over its sockets. No client is refused.
final class RestartCommand implements Command {
  @Override
  public String name() {
    return "restart";
  }

  @Override
  public String summary() {
    return "Starts a server anew, in its present version, without refusing a client.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addOption(CtlCommand.control());
    spec.usageMessage()
        .customSynopsis("usher restart [--control PATH]")
        .footer(
            Commands.example("usher restart", "The server that runs here."),
            Commands.example("usher restart --control /run/web.sock", "A certain one."),
            "",
            "The new run has the words and the environment of the old one, and its listening",
            "sockets. Once it serves, the old one lets its clients finish and ends. If it does not",
            "come to serve, it is ended, and the old one goes on.");
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) {
    terminal.print(new View(terminal).of("restart", CtlCommand.client(given).ask("restart")));
    return Failure.OK;
  }
}
