package usher.cli.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Options;
import usher.cli.console.Quantity;
import usher.cli.console.Terminal;
import usher.files.FileEntry;
import usher.files.LibraryException;
import usher.files.client.FileClient;
import usher.files.client.Progress;

/// Several files on their way, some at once, each on the connection of one thread. What fails is
/// said, and the others go on.
public final class Batch {
  private static final String PARALLEL = "--parallel";
  private static final String JSON = "--json";
  private static final String QUIET = "--quiet";
  private static final int USUAL_PARALLEL = 4;
  private static final int MOST_PARALLEL = 64;

  private final Remote remote;
  private final Terminal terminal;
  private final List<String> words;
  private final int parallel;
  private final boolean json;
  private final boolean quiet;
  private final Bars bars;

  private Batch(ParseResult given, Remote remote, Terminal terminal) {
    this.remote = remote;
    this.terminal = terminal;
    this.words = given.matchedPositionalValue(1, List.of());
    String many = given.matchedOptionValue(PARALLEL, "" + USUAL_PARALLEL);
    this.parallel = Quantity.number(PARALLEL, many, 1, MOST_PARALLEL);
    this.json = given.hasMatchedOption(JSON);
    this.quiet = given.hasMatchedOption(QUIET);
    this.bars = new Bars(terminal.errColours() && !quiet && !json);
  }

  /// One file.
  ///
  /// @param name there
  /// @param file here
  public record Item(String name, Path file) {}

  /// How one file is transferred.
  @FunctionalInterface
  public interface Step {
    /// Transfers it.
    FileEntry run(Item item, FileClient client, Progress progress) throws IOException;
  }

  /// Adds the files and the options for them.
  public static void add(CommandSpec command, String what) {
    command.addPositional(
        PositionalParamSpec.builder()
            .index("1..*")
            .arity("1..*")
            .paramLabel("FILE")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(what)
            .build());
    command.addOption(
        Options.valued(PARALLEL, "N", "So many at once. Default: " + USUAL_PARALLEL + "."));
    command.addOption(Options.flag(JSON, "What was done as JSON: name, size, modified, sha256."));
    command.addOption(Options.flag(QUIET, "Says nothing but what failed.", "-q"));
  }

  /// What a command line asks for.
  public static Batch read(ParseResult given, Remote remote, Terminal terminal) {
    return new Batch(given, remote, terminal);
  }

  /// The files, as they were named.
  public List<String> words() {
    return words;
  }

  /// Transfers all of them.
  ///
  /// @return the exit code: 1 if any of them failed
  public int run(List<Item> items, Step step) {
    ConcurrentLinkedQueue<Item> left = new ConcurrentLinkedQueue<>(items);
    ConcurrentLinkedQueue<FileEntry> done = new ConcurrentLinkedQueue<>();
    AtomicInteger failed = new AtomicInteger();
    List<Thread> threads =
        Stream.generate(() -> Thread.ofPlatform().start(() -> work(left, step, done, failed)))
            .limit(Math.min(parallel, items.size()))
            .toList();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException asked) {
      bars.cancel();
      Thread.currentThread().interrupt();
    }
    if (json) {
      terminal.print(Listing.json(done.stream().toList()));
    }
    return failed.get() == 0 ? Failure.OK : Failure.FAILED;
  }

  private void work(
      ConcurrentLinkedQueue<Item> left,
      Step step,
      ConcurrentLinkedQueue<FileEntry> done,
      AtomicInteger failed) {
    try (Transfers transfers = new Transfers(remote)) {
      for (Item item = left.poll(); item != null; item = left.poll()) {
        Item current = item;
        try (Bars.Bar bar = bars.bar(item.name())) {
          done.add(
              transfers.transfer((client, progress) -> step.run(current, client, progress), bar));
        } catch (IOException thrown) {
          failed.incrementAndGet();
          terminal.complain(item.name() + ": " + Remote.explain(thrown));
        } catch (LibraryException | Failure thrown) {
          failed.incrementAndGet();
          terminal.complain(item.name() + ": " + thrown.getMessage());
        }
      }
    }
  }
}
