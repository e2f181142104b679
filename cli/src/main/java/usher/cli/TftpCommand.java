package usher.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Nearest;
import usher.cli.console.Quantity;
import usher.cli.console.Terminal;
import usher.cli.serving.Folders;
import usher.files.LibraryException;
import usher.files.client.Progress;
import usher.files.tftp.client.TftpClient;
import usher.files.tftp.client.TftpWishes;
import usher.files.tftp.wire.Mode;
import usher.files.tftp.wire.Options;
import usher.files.tftp.wire.Terms;
import usher.server.Address;

/// `usher tftp`: fetches files from a TFTP server, or sends them there.
final class TftpCommand implements Command {
  private static final int PORT = 69;
  private static final List<String> DIRECTIONS = List.of("get", "put");
  private static final List<String> MODES = List.of("octet", "netascii");

  /// Direction and host stand before the files.
  private static final int FILES = 2;

  @Override
  public String name() {
    return "tftp";
  }

  @Override
  public String summary() {
    return "Fetches files from a TFTP server, or sends them there (RFC 1350).";
  }

  @Override
  public CommandSpec spec() {
    TftpWishes usual = TftpWishes.USUAL;
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0..*")
            .arity("0..*")
            .paramLabel("WORD")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .completionCandidates(DIRECTIONS)
            .description("get or put, HOST or HOST:PORT, files.")
            .build());
    spec.addOption(
        option(
            "--output",
            "NAME",
            "get: the file here, or the folder for all.",
            "put: the file there. Default: the same name."));
    spec.addOption(
        OptionSpec.builder("--mode")
            .paramLabel("MODE")
            .type(String.class)
            .completionCandidates(MODES)
            .description("octet, or netascii for text. Default: octet.")
            .build());
    spec.addOption(
        option(
            "--blksize", "N", "Bytes of a block, 8 to 65464. Default: " + usual.blockSize() + "."));
    spec.addOption(
        option("--windowsize", "N", "Blocks without an answer. Default: " + usual.window() + "."));
    spec.addOption(
        option("--timeout", "N", "Seconds until it asks again. Default: " + usual.timeout() + "."));
    spec.addOption(
        OptionSpec.builder("--quiet", "-q")
            .type(boolean.class)
            .description("Tells nothing but trouble.")
            .build());
    spec.usageMessage()
        .customSynopsis("usher tftp get|put HOST[:PORT] FILE... [OPTION...]")
        .footer(
            Commands.example("usher tftp get 192.0.2.1 boot.img", "Fetches a file."),
            Commands.example(
                "usher tftp get 192.0.2.1 cfg/router1 --output /tmp/router1", "To another name."),
            Commands.example("usher tftp put [::1]:6969 a.txt b.txt", "Sends two files."),
            Commands.example(
                "usher tftp get 192.0.2.1 boot.img --blksize 8192 --windowsize 16",
                "Faster, where the server allows it."));
    return spec;
  }

  private static OptionSpec option(String name, String label, String... description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  @Override
  public int run(ParseResult given, Terminal terminal) {
    List<String> words = given.matchedPositionalValue(0, List.of());
    if (words.size() <= FILES) {
      throw Failure.usage("say what, where and which: usher tftp get|put HOST[:PORT] FILE...");
    }
    boolean puts = puts(words.getFirst());
    TftpWishes wishes = wishes(given);
    String host = words.get(1);
    TftpClient client = new TftpClient(server(host), wishes);
    @Nullable String output = given.matchedOptionValue("--output", null);
    List<String> files = words.subList(FILES, words.size());
    if (output != null && files.size() > 1 && (puts || !Files.isDirectory(path(output)))) {
      throw Failure.usage(
          "--output " + output + (puts ? " names one file" : " is no folder") + ", for several");
    }
    for (String file : files) {
      long size = puts ? put(client, file, output) : get(client, file, output);
      if (!given.hasMatchedOption("--quiet")) {
        String done = puts ? "sent " : "fetched ";
        terminal.say("usher: " + done + file + ", " + Quantity.count(size) + " bytes");
      }
    }
    return Failure.OK;
  }

  private static boolean puts(String direction) {
    return switch (direction) {
      case "get" -> false;
      case "put" -> true;
      default ->
          throw Failure.usage(
              "get or put, not %s%s".formatted(direction, Nearest.question(direction, DIRECTIONS)));
    };
  }

  private static TftpWishes wishes(ParseResult given) {
    TftpWishes usual = TftpWishes.USUAL;
    String mode = given.matchedOptionValue("--mode", "octet");
    if (!MODES.contains(mode)) {
      throw Failure.usage(
          "there is no mode %s%s (%s)"
              .formatted(mode, Nearest.question(mode, MODES), String.join(", ", MODES)));
    }
    return new TftpWishes(
        mode.equals("octet") ? Mode.OCTET : Mode.NETASCII,
        number(given, "--blksize", usual.blockSize(), Terms.LEAST_BLOCK, Terms.MOST_BLOCK),
        number(given, "--windowsize", usual.window(), 1, Terms.MOST_WINDOW),
        number(given, "--timeout", usual.timeout(), 1, Options.MOST_TIMEOUT));
  }

  private static int number(ParseResult given, String option, int usual, int least, int most) {
    @Nullable String text = given.matchedOptionValue(option, null);
    return text == null ? usual : Quantity.number(option, text, least, most);
  }

  private static InetSocketAddress server(String host) {
    long colons = host.chars().filter(c -> c == ':').count();
    String full;
    if (host.startsWith("[")) {
      full = host.endsWith("]") ? host + ":" + PORT : host;
    } else {
      full = colons == 0 ? host + ":" + PORT : colons == 1 ? host : "[" + host + "]:" + PORT;
    }
    try {
      return Address.parse("udp:" + full) instanceof Address.Udp udp
          ? udp.socketAddress()
          : unreachable(host);
    } catch (IllegalArgumentException malformed) {
      throw Failure.usage("%s is no HOST[:PORT]: %s".formatted(host, malformed.getMessage()));
    } catch (UnknownHostException unknown) {
      return unreachable(host);
    }
  }

  private static InetSocketAddress unreachable(String host) {
    throw Failure.failed("there is no host " + host);
  }

  private static Path path(String name) {
    return Folders.path("no file", name);
  }

  private static long get(TftpClient client, String name, @Nullable String output) {
    String own = name.substring(name.lastIndexOf('/') + 1);
    Path target = path(output == null ? own : output);
    if (output != null && Files.isDirectory(target)) {
      target = target.resolve(own);
    }
    if (own.isEmpty() || Files.isDirectory(target)) {
      throw Failure.failed(target + " is a folder; say --output FILE");
    }
    Path to = target;
    return moved(name, progress -> client.get(name, to, progress));
  }

  private static long put(TftpClient client, String file, @Nullable String output) {
    Path path = path(file);
    if (!Files.isRegularFile(path)) {
      throw Failure.failed("there is no file " + path);
    }
    String name = output == null ? String.valueOf(path.getFileName()) : output;
    return moved(name, progress -> client.put(path, name, progress));
  }

  private interface Move {
    void run(Progress progress) throws IOException;
  }

  /// How many bytes it had.
  private static long moved(String name, Move move) {
    long[] size = {0};
    try {
      move.run(
          (done, _) -> {
            size[0] = done;
            return true;
          });
      return size[0];
    } catch (NoSuchFileException folder) {
      throw Failure.failed("there is no folder for " + folder.getFile());
    } catch (LibraryException | IOException thrown) {
      throw Failure.failed(name + ": " + thrown.getMessage());
    }
  }
}
