package usher.lab.load;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import usher.lab.load.Messages.Word;

/// The load generator's process: reads plans from its input, a line of JSON each, carries one out
/// after the other, and prints what came of it, a line each. It ends with its input.
///
/// Between plans it stays, so that what it has compiled is at hand for the next. While a plan runs
/// it prints how far it is, five times a second.
///
/// [#run] does the same in the JVM of the caller: for tests. There the generator and what it
/// measures share a heap, a collector and a compiler, so its figures are worth less.
public final class LoadGenerator {
  private LoadGenerator() {}

  public static void main(String[] arguments) throws IOException {
    Messages messages = new Messages();
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var kept = new KeptChannels()) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          Word word = word(messages, line, kept, out);
          out.println(messages.line(word));
        }
      }
    }
  }

  private static Word word(Messages messages, String line, KeptChannels kept, PrintStream out) {
    try {
      LoadPlan plan = messages.plan(line);
      return new Word.Done(
          Load.run(
              plan, kept, progress -> out.println(messages.line(new Word.OnItsWay(progress)))));
    } catch (IOException | RuntimeException e) {
      // Whatever it was: the next plan may be a better one.
      return new Word.Failed(e.toString());
    }
  }

  /// Carries out a plan on this thread. Interrupting it does not end it.
  ///
  /// @param progress told a few times a second, on this thread; to return at once
  /// @throws IOException if the system does not let us measure: no such address, no descriptors
  /// @throws UncheckedIOException the same
  /// @throws IllegalArgumentException if the plan makes no sense
  public static LoadReport run(LoadPlan plan, Consumer<Progress> progress) throws IOException {
    try (var kept = new KeptChannels()) {
      return Load.run(plan, kept, progress);
    }
  }
}
