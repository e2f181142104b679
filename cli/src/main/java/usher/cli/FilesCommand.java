package usher.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Options;
import usher.cli.console.Quantity;
import usher.cli.console.Terminal;
import usher.cli.files.Remote;
import usher.cli.serving.Doors;
import usher.cli.serving.Folders;
import usher.cli.serving.ServerOptions;
import usher.cli.serving.Serving;
import usher.cli.serving.Settings;
import usher.cli.serving.StartLine;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.files.frame.FileProtocol;
import usher.files.http.Access;
import usher.files.http.FilesSite;
import usher.files.tftp.TftpProtocol;
import usher.files.tftp.TftpRules;
import usher.files.tftp.wire.Terms;
import usher.http.HttpProtocol;
import usher.server.Address;

/// `usher files`: a folder as a library of files.
final class FilesCommand implements Command {
  private static final String ADDRESS = "tcp:" + Remote.PORT;
  private static final String WRITABLE = "--writable";
  private static final String RECURSIVE = "--recursive";
  private static final String MAX_FILE = "--max-file";
  private static final String QUOTA = "--quota";
  private static final String RESERVE = "--keep-free";
  private static final String HTTP = "--http";
  private static final String DELETE = "--allow-delete";
  private static final String TFTP = "--tftp";
  private static final String BLOCK = "--tftp-blksize";

  /// Whoever is asked for a password by a browser may say any secret with this name.
  private static final String USER = "usher";

  @Override
  public String name() {
    return "files";
  }

  @Override
  public String summary() {
    return "Shares a folder: list, get, put, resumed where they were cut.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .paramLabel("DIR")
            .type(Path.class)
            .converters(text -> text)
            .description("The folder.")
            .build());
    spec.addOption(Options.flag(WRITABLE, "Clients may store files."));
    spec.addOption(Options.flag(RECURSIVE, "Folders below are shared as well."));
    spec.addOption(Options.sized(MAX_FILE, "The largest file.", FolderRules.USUAL.maxFile()));
    spec.addOption(
        Options.valued(QUOTA, "SIZE", "All files together. Default: as the disk has room."));
    spec.addOption(Options.sized(RESERVE, "Stays free on the disk.", FolderRules.USUAL.reserve()));
    spec.addOption(
        Options.valued(HTTP, "ADDRESS", "Serves browsers there as well, such as tcp:8080."));
    spec.addOption(Options.flag(DELETE, "Browsers may delete files, with --writable."));
    spec.addOption(
        Options.valued(
            TFTP, "ADDRESS", "Serves TFTP there as well, such as udp:6969. It knows no secret."));
    spec.addOption(
        Options.valued(
            BLOCK,
            "N",
            "The largest block of TFTP, bytes. Default: %d, which fits any way."
                .formatted(TftpRules.USUAL.blockSize())));
    spec.addOption(Remote.tokenFile());
    ServerOptions.add(spec, ADDRESS, false);
    spec.usageMessage()
        .customSynopsis("usher files [OPTION...] DIR")
        .footer(
            Commands.example("usher files .", "Shares this folder with this machine."),
            Commands.example("usher ls localhost", "What is in it."),
            Commands.example(
                "usher files . --writable --http tcp:8080", "For browsers as well, with uploads."),
            Commands.example("usher files . --tftp udp:6969", "For devices that know TFTP alone."),
            Commands.example(
                "usher files inbox --writable --listen tcp:*:7021 --token-file secret",
                "Takes files from those who know the secret."),
            Commands.example(
                "usher files . --listen unix:/tmp/files --model event-loop",
                "On a Unix socket, on one event loop."));
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) throws IOException {
    Path folder = Folders.readable(given.matchedPositionalValue(0, ""));
    FolderRules rules = rules(given);
    if (rules.writable() && !folder.toFile().canWrite()) {
      throw Failure.usage(folder + ": it cannot be written to, and " + WRITABLE + " was asked for");
    }
    Settings settings = ServerOptions.read(given, ADDRESS, terminal);
    FolderLibrary library = FolderLibrary.open(folder, rules);
    Optional<String> token = Remote.token(given);
    FileProtocol protocol =
        token.isPresent() ? FileProtocol.of(library, token.get()) : FileProtocol.of(library);
    List<Doors.Door> web = web(given, folder, library, rules, token);
    // The web's address is shown as a link, and those are the last.
    List<Doors.Door> more = Stream.concat(tftp(given, library, token), web.stream()).toList();
    String what = "files " + folder + (rules.writable() ? ", writable" : "");
    StartLine line = new StartLine(what, false, settings, web.size());
    return Serving.run(
        "files " + folder,
        new Doors(protocol, null, more),
        settings,
        terminal,
        server -> line.say(server, terminal));
  }

  private static List<Doors.Door> web(
      ParseResult given,
      Path folder,
      FolderLibrary library,
      FolderRules rules,
      Optional<String> token) {
    @Nullable String text = given.matchedOptionValue(HTTP, null);
    if (text == null) {
      return List.of();
    }
    FilesSite.Rules site =
        FilesSite.Rules.USUAL
            .withTitle(String.valueOf(folder.getFileName()))
            .withMaxFile(rules.maxFile());
    if (given.hasMatchedOption(DELETE)) {
      site = site.withDeletion();
    }
    if (token.isPresent()) {
      Access access = Access.OPEN.withToken(token.get()).withPassword(USER, token.get());
      site = site.withAccess(access);
    }
    HttpProtocol protocol = HttpProtocol.of(FilesSite.of(library, site));
    return List.of(
        new Doors.Door(address(HTTP, text), rules.writable() ? spooled(protocol) : protocol));
  }

  /// What a browser sends is on the disk before it is stored: not in a folder that is in memory.
  private static HttpProtocol spooled(HttpProtocol protocol) {
    Path disk = Path.of("/var/tmp");
    return Files.isWritable(disk) ? protocol.withBodyFolder(disk) : protocol;
  }

  private static Stream<Doors.Door> tftp(
      ParseResult given, FolderLibrary library, Optional<String> token) {
    @Nullable String text = given.matchedOptionValue(TFTP, null);
    if (text == null) {
      return Stream.empty();
    }
    if (token.isPresent()) {
      throw Failure.usage(TFTP + ": TFTP knows no secret, and one is asked for");
    }
    Address address = address(TFTP, text);
    if (!(address instanceof Address.Udp)) {
      throw Failure.usage(TFTP + " " + text + ": TFTP is carried by UDP, such as udp:6969");
    }
    return Stream.of(new Doors.Door(address, TftpProtocol.of(library, tftpRules(given))));
  }

  private static TftpRules tftpRules(ParseResult given) {
    TftpRules usual = TftpRules.USUAL;
    @Nullable String text = given.matchedOptionValue(BLOCK, null);
    return text == null
        ? usual
        : usual.withBlocks(
            Quantity.number(BLOCK, text, Terms.USUAL_BLOCK, Terms.MOST_BLOCK),
            usual.window(),
            usual.windowBytes());
  }

  private static Address address(String option, String text) {
    try {
      return Address.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw Failure.usage("%s %s: %s".formatted(option, text, wrong.getMessage()));
    }
  }

  private static FolderRules rules(ParseResult given) {
    FolderRules rules = FolderRules.USUAL;
    if (given.hasMatchedOption(WRITABLE)) {
      rules = rules.withWriting();
    }
    if (given.hasMatchedOption(RECURSIVE)) {
      rules = rules.withFolders();
    }
    return rules.withSizes(
        size(given, MAX_FILE, rules.maxFile()),
        size(given, QUOTA, rules.quota()),
        size(given, RESERVE, rules.reserve()));
  }

  private static long size(ParseResult given, String name, long usual) {
    @Nullable String text = given.matchedOptionValue(name, null);
    return text == null ? usual : Quantity.size(name, text, 0, Long.MAX_VALUE);
  }
}
