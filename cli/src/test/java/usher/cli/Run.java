package usher.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import usher.cli.console.Terminal;

/// A command line that was run in this process to its end.
record Run(int code, String out, String err) {
  private static final long PATIENCE = 60;

  static Run of(String... args) {
    return of(false, args);
  }

  static Run coloured(String... args) {
    return of(true, args);
  }

  private static Run of(boolean colours, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            colours,
            colours);
    // On a thread of its own: a server that starts where it should not would never return.
    FutureTask<Integer> code = new FutureTask<>(() -> new Commands(terminal).run(args));
    Thread.ofPlatform().daemon().start(code);
    try {
      return new Run(
          code.get(PATIENCE, TimeUnit.SECONDS),
          out.toString(StandardCharsets.UTF_8),
          err.toString(StandardCharsets.UTF_8));
    } catch (InterruptedException | ExecutionException | TimeoutException thrown) {
      throw new AssertionError("no end; it said: " + err.toString(StandardCharsets.UTF_8), thrown);
    }
  }
}
