package usher.cli.files;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import usher.cli.console.Failure;
import usher.cli.console.Style;
import usher.cli.console.Terminal;
import usher.files.FileEntry;
import usher.files.FileName;
import usher.files.LibraryException;
import usher.files.client.Cancelled;
import usher.files.client.FileClient;

/// `usher connect`: asks for one command after the other. Ctrl-C ends the transfer under way and
/// not the prompt; a connection that was cut comes back with the next command, and a transfer goes
/// on where it was.
public final class FilesPrompt {
  static final List<String> COMMANDS = List.of("list", "get", "put", "help", "quit");

  private static final String MENU =
      """
      list [PATTERN...] [by size|time]  the files of the server
      get FILE...                       fetches files into this folder; patterns such as *.txt as well
      put FILE...                       sends files from this folder
      help                              this list
      quit                              leaves""";

  private final Remote remote;
  private final Transfers transfers;
  private final Path folder;
  private final Terminal terminal;
  private final Bars bars;

  /// @param folder where files come from and go to
  public FilesPrompt(Remote remote, Path folder, Terminal terminal) {
    this.remote = remote;
    this.transfers = new Transfers(remote);
    this.folder = folder;
    this.terminal = terminal;
    this.bars = new Bars(terminal.errColours());
  }

  /// Asks until it is told to quit, or the input ends.
  public void run() throws IOException {
    boolean writable = transfers.ask(FileClient::writable);
    terminal.print(
        terminal.onOut(Style.STRONG, "connected to " + remote.text())
            + (writable ? "" : ", which takes no files"));
    terminal.print("\n" + MENU.indent(2).stripTrailing() + "\n");
    try (org.jline.terminal.Terminal screen = TerminalBuilder.builder().system(true).build();
        transfers) {
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(screen)
              .completer(new Completion(() -> transfers.ask(FileClient::list), folder))
              .build();
      while (step(reader, screen)) {
        // Each step is a command.
      }
    }
  }

  private boolean step(LineReader reader, org.jline.terminal.Terminal screen) {
    List<String> words;
    try {
      String line = reader.readLine("files> ").strip();
      words = line.isEmpty() ? List.of() : reader.getParser().parse(line, 0).words();
    } catch (UserInterruptException cleared) {
      return true;
    } catch (EndOfFileException end) {
      return false;
    }
    if (words.isEmpty()) {
      return true;
    }
    if (words.getFirst().equals("quit") || words.getFirst().equals("exit")) {
      return false;
    }
    bars.renew();
    Thread asking = Thread.currentThread();
    SignalHandler before =
        screen.handle(
            Signal.INT,
            _ -> {
              bars.cancel();
              // It may wait for a server that does nothing.
              asking.interrupt();
            });
    try {
      run(words.getFirst(), words.subList(1, words.size()));
    } catch (Cancelled cancelled) {
      terminal.warn("cancelled; the same command goes on where it was");
    } catch (IOException cut) {
      terminal.complain(remote.text() + ": " + Remote.explain(cut));
    } catch (LibraryException refused) {
      terminal.complain(String.valueOf(refused.getMessage()));
    } catch (Failure failure) {
      terminal.complain(failure.line());
    } finally {
      SignalHandler _ = screen.handle(Signal.INT, before);
      // What has come too late.
      boolean _ = Thread.interrupted();
    }
    return true;
  }

  private void run(String command, List<String> words) throws IOException {
    switch (command) {
      case "list", "ls" -> list(words);
      case "get" -> get(words);
      case "put" -> put(words);
      case "help", "?" -> terminal.print(MENU.indent(2).stripTrailing());
      default ->
          throw Failure.usage(
              "there is no command %s: %s".formatted(command, String.join(", ", COMMANDS)));
    }
  }

  private void list(List<String> words) throws IOException {
    List<String> patterns = new ArrayList<>(words);
    Listing.Order order = Listing.Order.NAME;
    int by = patterns.indexOf("by");
    if (by >= 0 && by == patterns.size() - 2) {
      String name = patterns.getLast().toUpperCase(Locale.ROOT);
      order =
          Arrays.stream(Listing.Order.values())
              .filter(each -> each.name().equals(name))
              .findFirst()
              .orElseThrow(() -> Failure.usage("sorted by name, size or time"));
      patterns.subList(by, by + 2).clear();
    }
    List<FileEntry> files = transfers.ask(FileClient::list);
    terminal.print(
        Listing.table(
            patterns.isEmpty() ? files : Names.chosen(files, patterns),
            order,
            terminal,
            ZoneId.systemDefault()));
  }

  private void get(List<String> words) throws IOException {
    if (words.isEmpty()) {
      throw Failure.usage("say which file: get NAME");
    }
    List<FileEntry> chosen = Names.chosen(transfers.ask(FileClient::list), words);
    for (Batch.Item item : Names.landing(chosen, folder)) {
      FileName name = new FileName(item.name());
      try (Bars.Bar bar = bars.bar(item.name())) {
        FileEntry _ =
            transfers.transfer((client, progress) -> client.get(name, item.file(), progress), bar);
      }
      terminal.print(name + " is here");
    }
  }

  private void put(List<String> words) throws IOException {
    if (words.isEmpty()) {
      throw Failure.usage("say which file: put NAME");
    }
    for (String word : words) {
      Path file = Names.file(folder, word);
      FileName name = new FileName(String.valueOf(file.getFileName()));
      try (Bars.Bar bar = bars.bar(name.text())) {
        FileEntry _ =
            transfers.transfer((client, progress) -> client.put(file, name, false, progress), bar);
      }
      terminal.print(name + " is there");
    }
  }
}
