package usher.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Terminal;
import usher.cli.files.FilesPrompt;
import usher.cli.files.Remote;

/// `usher connect`: a prompt for a server of files.
final class ConnectCommand implements Command {
  @Override
  public String name() {
    return "connect";
  }

  @Override
  public String summary() {
    return "Lists, fetches and sends files at a prompt.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    Remote.add(spec);
    spec.usageMessage()
        .customSynopsis("usher connect [OPTION...] HOST[:PORT]")
        .footer(
            Commands.example("usher connect localhost", "A server on this machine."),
            Commands.example("usher connect unix:/tmp/files", "On a Unix socket."));
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) {
    Remote remote = Remote.read(given);
    if (!Terminal.canAsk()) {
      throw Failure.usage("there is no terminal to ask at; use usher ls, get and put");
    }
    try {
      new FilesPrompt(remote, Path.of("").toAbsolutePath(), terminal).run();
      return Failure.OK;
    } catch (IOException thrown) {
      throw Failure.failed(remote.text() + ": " + Remote.explain(thrown));
    }
  }
}
