package usher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Options;
import usher.cli.console.Terminal;
import usher.cli.files.Batch;
import usher.cli.files.Names;
import usher.cli.files.Remote;
import usher.cli.files.Transfers;
import usher.files.FileEntry;
import usher.files.FileName;
import usher.files.client.FileClient;

/// `usher get`: files from a server into a folder.
final class GetCommand implements Command {
  private static final String INTO = "--into";

  @Override
  public String name() {
    return "get";
  }

  @Override
  public String summary() {
    return "Fetches files from a server that usher files runs.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    Remote.add(spec);
    Batch.add(spec, "Names or patterns of files on the server.");
    spec.addOption(Options.path(INTO, "DIR", "The folder that they go to. Default: this one."));
    spec.usageMessage()
        .customSynopsis("usher get [OPTION...] HOST[:PORT] FILE...")
        .footer(
            Commands.example("usher get localhost report.pdf", "Into this folder."),
            Commands.example("usher get files.example '*.iso' --into isos", "Several at once."),
            Commands.example(
                "usher get files.example big.iso", "Again: goes on where it was cut."));
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) throws IOException {
    Remote remote = Remote.read(given);
    Path folder = Path.of(given.matchedOptionValue(INTO, ""));
    if (!Files.isDirectory(folder.toAbsolutePath())) {
      throw Failure.usage(INTO + " " + folder + ": there is no such folder");
    }
    Batch batch = Batch.read(given, remote, terminal);
    List<FileEntry> chosen;
    try (Transfers transfers = new Transfers(remote)) {
      chosen = Names.chosen(transfers.ask(FileClient::list), batch.words());
    } catch (IOException thrown) {
      throw Failure.failed(remote.text() + ": " + Remote.explain(thrown));
    }
    return batch.run(
        Names.landing(chosen, folder),
        (item, client, progress) -> client.get(new FileName(item.name()), item.file(), progress));
  }
}
