package usher.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import usher.cli.console.Failure;
import usher.cli.console.Nearest;
import usher.cli.console.Terminal;

/// The frame of the command line: finds the command, reads its options, runs it, and turns whatever
/// goes wrong into one line and an exit code.
///
/// A command's options are described only when it is called, since describing all of them takes
/// longer than it takes one server to start.
final class Commands {
  private static final String NAME = "usher";

  private final Terminal terminal;
  private final List<Command> all =
      List.of(
          new ServeCommand(),
          new FilesCommand(),
          new LsCommand(),
          new GetCommand(),
          new PutCommand(),
          new ConnectCommand(),
          new EchoCommand(),
          new LabCommand(),
          new ModelsCommand(),
          new CtlCommand(),
          new RestartCommand(),
          new TftpCommand(),
          new TesteeCommand(),
          new CompletionCommand(this::completeTree));

  Commands(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Runs a command line.
  ///
  /// @return the exit code
  int run(String... args) {
    try {
      return dispatch(withoutHelpCommand(args));
    } catch (Failure failure) {
      terminal.complain(failure.line());
      return failure.exitCode();
    } catch (ParameterException wrong) {
      terminal.complain(explain(wrong));
      return Failure.USAGE;
    } catch (Throwable defect) {
      terminal.complain(explain(defect));
      return Failure.FAILED;
    }
  }

  /// An example for the footer of a command's help.
  static String example(String line, String meaning) {
    return "  @|bold %s|@%%n      %s".formatted(line.replace("%", "%%"), meaning);
  }

  private int dispatch(String... args) throws Exception {
    if (args.length == 0) {
      terminal.err().print(help(line()));
      return Failure.USAGE;
    }
    Optional<Command> called = named(args[0]);
    CommandLine line =
        line(called.map(command -> tree(List.of(command))).orElseGet(this::completeTree));
    ParseResult given = line.parseArgs(args);
    ParseResult inner = given.hasSubcommand() ? given.subcommand() : given;
    if (inner.isUsageHelpRequested()) {
      terminal.out().print(help(inner.commandSpec().commandLine()));
      terminal.out().flush();
      return Failure.OK;
    }
    if (inner.isVersionHelpRequested()) {
      terminal.print(version());
      return Failure.OK;
    }
    checkOnce(inner);
    if (called.isEmpty()) {
      throw Failure.usage("say which command: " + names());
    }
    return called.get().run(inner, terminal);
  }

  /// picocli checks this for options outside of groups only.
  private static void checkOnce(ParseResult given) {
    for (OptionSpec option : given.matchedOptionsSet()) {
      if (!option.isMultiValue() && option.stringValues().size() > 1) {
        throw Failure.usage(option.longestName() + " is there twice; once is enough");
      }
    }
  }

  /// `usher help serve` is `usher serve --help`.
  private static String[] withoutHelpCommand(String... args) {
    if (args.length == 0 || !args[0].equals("help")) {
      return args;
    }
    return args.length == 1 ? new String[] {"--help"} : new String[] {args[1], "--help"};
  }

  private Optional<Command> named(String name) {
    return all.stream().filter(command -> command.name().equals(name)).findFirst();
  }

  private String names() {
    return String.join(", ", all.stream().map(Command::name).toList());
  }

  private CommandSpec completeTree() {
    return tree(all);
  }

  private static CommandSpec tree(List<Command> commands) {
    CommandSpec root = CommandSpec.create().name(NAME);
    root.usageMessage()
        .customSynopsis("usher COMMAND [OPTION...]")
        .description(
            "Serves clients under the server model that you choose: one handler, many ways to seat"
                + " those who come.")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .footerHeading("%nExamples:%n")
        .footer(
            example("usher serve", "Serves a welcome page at http://127.0.0.1:8080/."),
            example("usher serve public --model event-loop", "Serves a folder on one event loop."),
            example("usher models", "Shows the models and what each offers."),
            "",
            "@|bold usher COMMAND --help|@ tells more, with examples.");
    help(root);
    root.addOption(
        OptionSpec.builder("--version", "-V")
            .type(boolean.class)
            .versionHelp(true)
            .description("Shows the version.")
            .build());
    for (Command command : commands) {
      root.addSubcommand(command.name(), described(command));
    }
    return root;
  }

  private static CommandSpec described(Command command) {
    CommandSpec spec = command.spec();
    spec.usageMessage()
        .description(command.summary())
        .parameterListHeading("%n")
        .optionListHeading("%n")
        .footerHeading("%nExamples:%n");
    help(spec);
    return spec;
  }

  private static void help(CommandSpec spec) {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put("0", "It went well; a server was asked to stop, and did.");
    codes.put("1", "It could not be done; one line on standard error says why.");
    codes.put("2", "The command line was wrong; nothing was done.");
    codes.put("130, 143", "A second Ctrl-C or TERM cut a server that was stopping.");
    spec.usageMessage()
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(codes);
    spec.addOption(
        OptionSpec.builder("--help", "-h")
            .type(boolean.class)
            .usageHelp(true)
            .description("Shows this help.")
            .build());
  }

  /// The whole command line, with the options of every command.
  CommandLine line() {
    return line(completeTree());
  }

  private static CommandLine line(CommandSpec spec) {
    return new CommandLine(spec).setExpandAtFiles(false);
  }

  private String help(CommandLine line) {
    return line.getUsageMessage(terminal.outColours() ? Ansi.ON : Ansi.OFF);
  }

  private static String version() {
    String version = Commands.class.getPackage().getImplementationVersion();
    return "%s %s (Java %s, %s %s)"
        .formatted(
            NAME,
            version == null ? "development" : version,
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }

  private String explain(ParameterException wrong) {
    CommandSpec spec = wrong.getCommandLine().getCommandSpec();
    String more = "see " + spec.qualifiedName() + " --help";
    return switch (wrong) {
      case UnmatchedArgumentException unmatched ->
          explain(spec, unmatched.getUnmatched().getFirst(), more);
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          (missing.getMissing().getFirst() instanceof OptionSpec option
                  ? option.longestName() + " needs a value; "
                  : missing.getMessage() + "; ")
              + more;
      default -> wrong.getMessage() + "; " + more;
    };
  }

  private String explain(CommandSpec spec, String word, String more) {
    if (word.startsWith("-")) {
      List<String> options = new ArrayList<>(spec.optionsMap().keySet());
      int value = word.indexOf('=');
      String name = value < 0 ? word : word.substring(0, value);
      String question = Nearest.question(name, options);
      return "there is no option " + name + question + (question.isEmpty() ? "; " : " ") + more;
    }
    if (spec.parent() != null) {
      return word + " is one word too many; " + more;
    }
    List<String> commands = all.stream().map(Command::name).toList();
    return "there is no command "
        + word
        + (isFolder(word)
            ? "; did you mean usher serve " + word + "?"
            : Nearest.question(word, commands))
        + " ("
        + names()
        + ")";
  }

  private static boolean isFolder(String word) {
    try {
      return Files.isDirectory(Path.of(word));
    } catch (InvalidPathException none) {
      return false;
    }
  }

  /// A defect of ours, or a machine at its limits: what and where, in a line.
  private static String explain(Throwable defect) {
    String place = "";
    for (StackTraceElement frame : defect.getStackTrace()) {
      if (frame.getClassName().startsWith("usher.")) {
        place = " at " + frame;
        break;
      }
    }
    return String.valueOf(defect).replaceAll("\\s*\\R\\s*", " ") + place;
  }
}
