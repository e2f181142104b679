package usher.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Terminal;
import usher.cli.serving.Folders;
import usher.cli.serving.ServerOptions;
import usher.cli.serving.Serving;
import usher.cli.serving.Settings;
import usher.cli.testee.Testee;
import usher.http.HttpProtocol;
import usher.http.site.Site;
import usher.server.Address;
import usher.server.Server;

/// `usher testee`: the server that outside conformance suites and fault tools are let loose on.
final class TesteeCommand implements Command {
  private static final String ADDRESS = "tcp:0";

  @Override
  public String name() {
    return "testee";
  }

  @Override
  public String summary() {
    return "Serves what conformance suites and fault tools need.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addOption(
        OptionSpec.builder("--root", "-r")
            .paramLabel("DIR")
            .type(Path.class)
            .converters(text -> text)
            .description("The folder that is served below /static/.")
            .build());
    ServerOptions.add(spec, ADDRESS, true);
    spec.usageMessage()
        .customSynopsis("usher testee --root DIR [OPTION...]")
        .footer(
            Commands.example(
                "usher testee --root site --model event-loop --listen tcp:8080",
                "Prints READY tcp:127.0.0.1:8080 once it serves; TERM ends it."),
            Commands.example(
                "curl --data-binary @file http://127.0.0.1:8080/", "Sends the file back."),
            Commands.example(
                "curl http://127.0.0.1:8080/dump", "Shows the request as it was understood."),
            "",
            "Its doors: / /hello /hello-blocking /dump /static/ /slow?ms=N /burn?ms=N /fail",
            "/stream?bytes=N /async?ms=N /work?rounds=N");
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) throws IOException {
    String root = given.matchedOptionValue("--root", null);
    if (root == null) {
      throw Failure.usage("say which folder: --root DIR; see usher testee --help");
    }
    Path folder = Folders.readable(root);
    Settings settings = ServerOptions.read(given, ADDRESS, terminal);
    HttpProtocol protocol = HttpProtocol.of(Testee.over(Site.of(folder)));
    return Serving.run(
        "testee " + folder, protocol, settings, terminal, server -> ready(server, terminal));
  }

  private static void ready(Server server, Terminal terminal) {
    for (Address address : server.addresses()) {
      terminal.print("READY " + address);
    }
  }
}
