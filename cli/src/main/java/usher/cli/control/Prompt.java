package usher.cli.control;

import java.io.IOException;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.AggregateCompleter;
import org.jline.reader.impl.completer.ArgumentCompleter;
import org.jline.reader.impl.completer.NullCompleter;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.TerminalBuilder;
import tools.jackson.databind.JsonNode;
import usher.cli.console.Failure;
import usher.cli.console.Terminal;
import usher.cli.log.Loggers;
import usher.server.Model;

/// `usher ctl` without a command: asks for one after the other. Completes commands, models and
/// levels; what goes wrong is said, and the next command is asked for.
public final class Prompt {
  private static final String MENU =
      """
      status         what it serves, where, to how many
      connections    who, since when, doing what
      model NAME     seats who comes from now on under another model
      threads        its threads, the busiest first
      threads-dump   where they are
      drain          lets nobody in, and those who are there finish
      resume         lets clients in again
      loglevel NAME  how much it logs
      restart        the next run takes over, nobody is refused
      stop           lets those who are there finish, and ends
      quit           leaves this prompt; the server goes on""";

  private final ControlClient client;
  private final View view;
  private final Terminal terminal;

  public Prompt(ControlClient client, View view, Terminal terminal) {
    this.client = client;
    this.view = view;
    this.terminal = terminal;
  }

  /// Asks until it is told to quit, or the input ends.
  public void run() throws IOException {
    terminal.print(view.of("status", client.ask("status")));
    terminal.print("\n" + MENU.indent(2).stripTrailing() + "\n");
    try (org.jline.terminal.Terminal screen = TerminalBuilder.builder().system(true).build()) {
      LineReader reader =
          LineReaderBuilder.builder().terminal(screen).completer(completer()).build();
      while (step(reader)) {
        // Each step is a command.
      }
    }
  }

  private boolean step(LineReader reader) {
    String line;
    try {
      line = reader.readLine("usher> ").strip();
    } catch (UserInterruptException cleared) {
      return true;
    } catch (EndOfFileException end) {
      return false;
    }
    if (line.equals("quit") || line.equals("exit")) {
      return false;
    }
    if (line.equals("help") || line.equals("?")) {
      terminal.print(MENU.indent(2).stripTrailing());
    } else if (!line.isEmpty()) {
      try {
        JsonNode answer = client.ask(line);
        terminal.print(view.of(line.split("\\s+", 2)[0], answer));
      } catch (Failure failure) {
        terminal.complain(failure.line());
      }
    }
    return true;
  }

  private static AggregateCompleter completer() {
    StringsCompleter commands = new StringsCompleter(Control.COMMANDS);
    return new AggregateCompleter(
        new ArgumentCompleter(
            new StringsCompleter("model"),
            new StringsCompleter(Model.all().stream().map(Model::name).toList()),
            NullCompleter.INSTANCE),
        new ArgumentCompleter(
            new StringsCompleter("loglevel"),
            new StringsCompleter(Loggers.names()),
            NullCompleter.INSTANCE),
        new ArgumentCompleter(commands, NullCompleter.INSTANCE),
        new ArgumentCompleter(
            new StringsCompleter(List.of("help", "quit")), NullCompleter.INSTANCE));
  }
}
