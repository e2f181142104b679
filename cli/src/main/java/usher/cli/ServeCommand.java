package usher.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Options;
import usher.cli.console.Terminal;
import usher.cli.serving.Folders;
import usher.cli.serving.LineFile;
import usher.cli.serving.ServerOptions;
import usher.cli.serving.Serving;
import usher.cli.serving.Settings;
import usher.cli.serving.StartLine;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.route.AccessLog;
import usher.http.site.Site;

/// `usher serve`: a folder as a web site, or a welcome page where none is given.
final class ServeCommand implements Command {
  private static final String ADDRESS = "tcp:8080";
  private static final String ACCESS_LOG = "--access-log";
  private static final String LOG_TIMES = "--access-log-times";

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String summary() {
    return "Serves a folder as a web site, or a welcome page.";
  }

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.create();
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("0..1")
            .paramLabel("DIR")
            .type(Path.class)
            .converters(text -> text)
            .description("The folder. Without one a welcome page is served.")
            .build());
    spec.addOption(
        Options.flag("--no-listing", "Folders without an index file are not listed but 404."));
    spec.addOption(Options.flag("--hidden", "Serves names that begin with a dot as well."));
    spec.addOption(Options.flag("--no-gzip", "Text is not compressed on the way."));
    spec.addOption(
        Options.path(
            ACCESS_LOG,
            "FILE",
            "Appends a line for each request, in the combined format; - is stdout."));
    spec.addOption(
        Options.flag(
            LOG_TIMES, "Ends each line with its latency and queue time, in microseconds."));
    ServerOptions.add(spec, ADDRESS, true);
    spec.usageMessage()
        .customSynopsis("usher serve [OPTION...] [DIR]")
        .footer(
            Commands.example("usher serve", "A welcome page at http://127.0.0.1:8080/."),
            Commands.example("usher serve public --model event-loops", "A folder, on event loops."),
            Commands.example(
                "usher serve public --listen tcp:*:8000", "The same, for the whole network."),
            Commands.example(
                "usher serve . --listen unix:/tmp/web --listen tcp:[::1]:0",
                "On a Unix socket, and on a free port of IPv6's loopback address."),
            Commands.example("usher serve public --access-log -", "With a line for each request."),
            Commands.example(
                "usher serve . --model thread-pool --threads 8 --max-body 1M --idle-timeout 5s",
                "With other limits."));
    return spec;
  }

  @Override
  public int run(ParseResult given, Terminal terminal) throws IOException {
    String word = given.matchedPositionalValue(0, null);
    Path folder = word == null ? null : Folders.readable(word);
    Settings settings = ServerOptions.read(given, ADDRESS, terminal);
    StartLine line = new StartLine(what(folder), true, settings);
    HttpHandler pages = folder == null ? new WelcomePage() : site(folder, given);
    String log = given.matchedOptionValue(ACCESS_LOG, null);
    HttpProtocol protocol =
        log == null
            ? HttpProtocol.of(pages)
            : logged(pages, LineFile.open(log, terminal), given.hasMatchedOption(LOG_TIMES));
    return Serving.run(
        folder == null ? "serve" : "serve " + folder,
        protocol,
        settings,
        terminal,
        server -> line.say(server, terminal));
  }

  private static HttpProtocol logged(HttpHandler pages, Consumer<String> lines, boolean times) {
    AccessLog plain = AccessLog.to(lines);
    AccessLog log = times ? plain.withLatency(System::nanoTime).withQueueTime() : plain;
    return HttpProtocol.of(log.apply(pages)).withRefusals(log);
  }

  private static String what(@Nullable Path folder) {
    return folder == null
        ? "serve: the welcome page; a folder is served by usher serve DIR"
        : "serve " + folder;
  }

  private static Site site(Path folder, ParseResult given) throws IOException {
    return Site.builder(folder)
        .title(String.valueOf(folder.getFileName()))
        .listing(!given.hasMatchedOption("--no-listing"))
        .dotFiles(given.hasMatchedOption("--hidden"))
        .gzip(!given.hasMatchedOption("--no-gzip"))
        .build();
  }
}
