package usher.cli.files;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Options;
import usher.files.LibraryException;
import usher.files.client.FileClient;
import usher.server.Address;

/// A server of files, as a command line names it.
///
/// @param text as it was given, for messages
public record Remote(String text, Address address, Optional<String> token) {
  /// Where `usher files` listens unless it is told otherwise.
  public static final int PORT = 7021;

  private static final String TOKEN_FILE = "--token-file";
  private static final String TOKEN_VARIABLE = "USHER_TOKEN";

  /// Adds the server, as the first parameter, and the option for its secret.
  public static void add(CommandSpec command) {
    command.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .paramLabel("HOST[:PORT]")
            .type(String.class)
            .description("The server, or unix:PATH. Usual port: " + PORT + ".")
            .build());
    command.addOption(tokenFile());
  }

  /// The option that names a file with a secret in it.
  public static OptionSpec tokenFile() {
    return Options.path(
        TOKEN_FILE,
        "FILE",
        "The secret is the first line of this file.",
        "Default: what USHER_TOKEN says.");
  }

  /// The server of a command line.
  public static Remote read(ParseResult given) {
    String text = given.matchedPositionalValue(0, "");
    return new Remote(text, address(text), token(given));
  }

  private static Address address(String text) {
    try {
      if (text.startsWith("unix:") || text.startsWith("tcp:")) {
        return Address.parse(text);
      }
      boolean port = text.matches(".*[^:]:[0-9]+|\\[.*\\]:[0-9]+");
      return Address.parse("tcp:" + text + (port ? "" : ":" + PORT));
    } catch (IllegalArgumentException wrong) {
      throw Failure.usage(
          "%s is no server: HOST, HOST:PORT or unix:PATH (%s)".formatted(text, wrong.getMessage()));
    }
  }

  /// The secret of a command line, or of its environment.
  public static Optional<String> token(ParseResult given) {
    @Nullable String file = given.matchedOptionValue(TOKEN_FILE, null);
    if (file == null) {
      return Optional.ofNullable(System.getenv(TOKEN_VARIABLE)).filter(token -> !token.isEmpty());
    }
    try {
      String line = Files.readString(Path.of(file)).lines().findFirst().orElse("").strip();
      if (line.isEmpty() || line.contains(" ")) {
        throw Failure.usage(
            "%s %s: the first line has no secret without spaces".formatted(TOKEN_FILE, file));
      }
      return Optional.of(line);
    } catch (IOException thrown) {
      throw Failure.usage("%s %s: it cannot be read".formatted(TOKEN_FILE, file));
    }
  }

  /// Connects.
  ///
  /// @throws Failure if the server refuses, or speaks something else
  /// @throws IOException if there is none
  public FileClient connect() throws IOException {
    try {
      return FileClient.connect(address, token);
    } catch (LibraryException refused) {
      throw Failure.failed(text + ": " + refused.getMessage());
    }
  }

  /// What kept us from it, in words.
  public static String explain(IOException thrown) {
    return switch (thrown) {
      case UnknownHostException _ -> "there is no host of that name";
      case ConnectException _ -> "nobody listens there";
      case SocketException _
          when thrown.getMessage() != null && thrown.getMessage().startsWith("No such file") ->
          "there is no such socket";
      default -> String.valueOf(thrown.getMessage());
    };
  }
}
