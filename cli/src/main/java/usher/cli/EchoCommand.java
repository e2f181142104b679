package usher.cli;

import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Nearest;
import usher.cli.console.Terminal;
import usher.cli.serving.Doors;
import usher.cli.serving.ServerOptions;
import usher.cli.serving.Serving;
import usher.cli.serving.Settings;
import usher.cli.serving.StartLine;
import usher.server.DatagramHandler;
import usher.service.Chargen;
import usher.service.Daytime;
import usher.service.Discard;
import usher.service.Echo;
import usher.service.datagram.DatagramServices;
import usher.session.Protocol;

/// `usher echo`: one of the smallest services there are.
final class EchoCommand implements Command {
  /// Its number in RFC 862 is 7, which an ordinary user may not open.
  private static final String ADDRESS = "tcp:7007";

  private static final List<String> SERVICES = List.of("echo", "discard", "daytime", "chargen");

  @Override
  public String name() {
    return "echo";
  }

  @Override
  public String summary() {
    return "Serves echo, discard, daytime or chargen (RFC 862, 863, 867, 864).";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addOption(
        OptionSpec.builder("--service", "-s")
            .paramLabel("SERVICE")
            .type(String.class)
            .completionCandidates(SERVICES)
            .description("One of " + String.join(", ", SERVICES) + ". Default: echo.")
            .build());
    ServerOptions.add(spec, ADDRESS, false);
    spec.usageMessage()
        .customSynopsis("usher echo [OPTION...]")
        .footer(
            Commands.example("usher echo", "Sends back what comes to port 7007."),
            Commands.example("printf 'hello\\n' | nc -N localhost 7007", "Talks to it."),
            Commands.example(
                "usher echo --listen tcp:7007 --listen udp:7007", "Answers datagrams as well."),
            Commands.example(
                "usher echo --service daytime --listen unix:/tmp/day --model iterative",
                "Tells the time on a Unix socket, to one client after the other."));
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) {
    String name = given.matchedOptionValue("--service", "echo");
    Protocol service = service(name);
    Settings settings = ServerOptions.read(given, ADDRESS, terminal);
    StartLine line = new StartLine(service.name(), false, settings);
    return Serving.run(
        service.name(),
        new Doors(service, datagrams(name), List.of()),
        settings,
        terminal,
        server -> line.say(server, terminal));
  }

  private static Protocol service(String name) {
    return switch (name) {
      case "echo" -> new Echo();
      case "discard" -> new Discard();
      case "daytime" -> new Daytime();
      case "chargen" -> new Chargen();
      default ->
          throw Failure.usage(
              "there is no service %s%s (%s)"
                  .formatted(name, Nearest.question(name, SERVICES), String.join(", ", SERVICES)));
    };
  }

  private static DatagramHandler datagrams(String name) {
    return switch (name) {
      case "discard" -> DatagramServices.discard();
      case "daytime" -> DatagramServices.daytime(InstantSource.system());
      case "chargen" -> DatagramServices.chargen();
      default -> DatagramServices.echo();
    };
  }
}
