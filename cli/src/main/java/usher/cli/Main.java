package usher.cli;

import usher.cli.console.Terminal;

/// The `usher` command.
public final class Main {
  private Main() {}

  /// Runs a command line and ends the process.
  public static void main(String[] args) {
    System.exit(run(Terminal.system(), args));
  }

  /// Runs a command line.
  ///
  /// @return the exit code
  static int run(Terminal terminal, String... args) {
    return new Commands(terminal).run(args);
  }
}
