package usher.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Options;
import usher.cli.console.Terminal;
import usher.cli.files.Batch;
import usher.cli.files.Names;
import usher.cli.files.Remote;
import usher.files.FileName;
import usher.files.LibraryException;

/// `usher put`: files to a server.
final class PutCommand implements Command {
  private static final String AS = "--as";
  private static final String NEW = "--new";

  @Override
  public String name() {
    return "put";
  }

  @Override
  public String summary() {
    return "Sends files to a server that usher files --writable runs.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    Remote.add(spec);
    Batch.add(spec, "Files on this machine.");
    spec.addOption(Options.valued(AS, "NAME", "The name that the one file gets there."));
    spec.addOption(Options.flag(NEW, "A file that is there already stays as it is."));
    spec.usageMessage()
        .customSynopsis("usher put [OPTION...] HOST[:PORT] FILE...")
        .footer(
            Commands.example("usher put localhost report.pdf", "Under its own name."),
            Commands.example("usher put files.example a.iso b.iso", "Both at once."),
            Commands.example("usher put localhost notes.txt --as today.txt --new", "Once only."));
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) {
    Remote remote = Remote.read(given);
    Batch batch = Batch.read(given, remote, terminal);
    @Nullable String as = given.matchedOptionValue(AS, null);
    if (as != null && batch.words().size() > 1) {
      throw Failure.usage(AS + " names one file, and there are " + batch.words().size());
    }
    boolean ifAbsent = given.hasMatchedOption(NEW);
    List<Batch.Item> items = new ArrayList<>();
    for (String word : batch.words()) {
      Path file = Names.file(Path.of(""), word);
      items.add(new Batch.Item(name(as == null ? String.valueOf(file.getFileName()) : as), file));
    }
    return batch.run(
        items,
        (item, client, progress) ->
            client.put(item.file(), new FileName(item.name()), ifAbsent, progress));
  }

  private static String name(String text) {
    try {
      return new FileName(text).text();
    } catch (LibraryException wrong) {
      throw Failure.usage(text + " cannot be the name of a file there: " + wrong.getMessage());
    }
  }
}
