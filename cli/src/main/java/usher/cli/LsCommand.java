package usher.cli;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Options;
import usher.cli.console.Terminal;
import usher.cli.files.Listing;
import usher.cli.files.Names;
import usher.cli.files.Remote;
import usher.cli.files.Transfers;
import usher.files.FileEntry;
import usher.files.client.FileClient;

/// `usher ls`: the files of a server.
final class LsCommand implements Command {
  private static final List<String> ORDERS =
      Arrays.stream(Listing.Order.values()).map(o -> o.name().toLowerCase(Locale.ROOT)).toList();

  @Override
  public String name() {
    return "ls";
  }

  @Override
  public String summary() {
    return "Lists the files of a server that usher files runs.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    Remote.add(spec);
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("1..*")
            .arity("0..*")
            .paramLabel("PATTERN")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Only these, such as '*.txt'.")
            .build());
    spec.addOption(
        OptionSpec.builder("--sort")
            .paramLabel("BY")
            .type(String.class)
            .completionCandidates(ORDERS)
            .description("One of " + String.join(", ", ORDERS) + ". Default: name.")
            .build());
    spec.addOption(Options.flag("--json", "As JSON: name, size, modified, sha256."));
    spec.usageMessage()
        .customSynopsis("usher ls [OPTION...] HOST[:PORT] [PATTERN...]")
        .footer(
            Commands.example("usher ls localhost", "All files, by name."),
            Commands.example("usher ls files.example '*.iso' --sort size", "The largest first."),
            Commands.example("usher ls unix:/tmp/files --json | jq '.[].name'", "For programs."));
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) throws IOException {
    Remote remote = Remote.read(given);
    List<String> patterns = given.matchedPositionalValue(1, List.of());
    Listing.Order order = order(given.matchedOptionValue("--sort", "name"));
    try (Transfers transfers = new Transfers(remote)) {
      List<FileEntry> files = transfers.ask(FileClient::list);
      if (!patterns.isEmpty()) {
        files = Names.chosen(files, patterns);
      }
      terminal.print(
          given.hasMatchedOption("--json")
              ? Listing.json(files)
              : Listing.table(files, order, terminal, ZoneId.systemDefault()));
      return Failure.OK;
    } catch (IOException thrown) {
      throw Failure.failed(remote.text() + ": " + Remote.explain(thrown));
    }
  }

  private static Listing.Order order(String text) {
    try {
      return Listing.Order.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw Failure.usage("--sort " + text + ": one of " + String.join(", ", ORDERS));
    }
  }
}
