package usher.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Terminal;

/// One subcommand. Described by hand rather than by annotations: reflection over annotations costs
/// some 50 ms, which a server that should answer 200 ms after it was called has not to give.
interface Command {
  /// Its name on the command line.
  String name();

  /// What it does, in a line for the list of commands.
  String summary();

  /// Its options, and examples as the footer. The frame adds name, summary, help and exit codes.
  CommandSpec spec();

  /// Does it.
  ///
  /// @return the exit code
  /// @throws usher.cli.console.Failure if it cannot be done
  int run(ParseResult given, Terminal terminal) throws Exception;
}
