package usher.cli.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Nearest;
import usher.cli.console.Options;
import usher.cli.console.Quantity;
import usher.cli.console.Terminal;
import usher.cli.log.Loggers;
import usher.server.Address;
import usher.server.Admission;
import usher.server.Model;
import usher.server.Patience;
import usher.session.Limits;
import usher.session.Timeouts;

/// The options of every command that serves.
public final class ServerOptions {
  private static final int MOST_THREADS = 100_000;
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private ServerOptions() {}

  /// Adds them to a command.
  ///
  /// @param address where it listens if nothing is said
  /// @param http whether to add those that only HTTP has
  public static void add(CommandSpec command, String address, boolean http) {
    Limits limits = Limits.DEFAULT;
    Timeouts times = Timeouts.DEFAULT;
    List<OptionSpec> seats = new ArrayList<>();
    seats.add(
        OptionSpec.builder("--model", "-m")
            .paramLabel("MODEL")
            .completionCandidates(Model.all().stream().map(Model::name).toList())
            .type(String.class)
            .description(
                "How clients are seated; see @|bold usher models|@.",
                "prefork may name its processes and the model",
                "inside: 'prefork(4, event-loop)'.",
                "Default: virtual-threads.")
            .build());
    seats.add(Options.valued("--threads", "N", "Threads, or processes, of a model with a size."));
    seats.add(
        OptionSpec.builder("--listen", "-l")
            .paramLabel("ADDRESS")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "tcp:PORT (this machine only),",
                "tcp:HOST:PORT, tcp:[IPV6]:PORT,",
                http
                    ? "tcp:*:PORT (all addresses), unix:PATH."
                    : "tcp:*:PORT (all addresses), unix:PATH; udp as tcp.",
                "May be repeated; port 0 takes a free one.",
                "Default: " + address + ".")
            .build());
    seats.add(Options.flag("--quiet", "Tells nothing but trouble.", "-q"));
    seats.add(
        Options.valued(
            "--admin",
            "ADDRESS",
            "Answers /metrics, /health/live and /health/ready there, such as at tcp:9090."));
    group(command, "%nSeats:%n", seats);

    List<OptionSpec> costs = new ArrayList<>();
    costs.add(Options.counted("--max-connections", "N", "Clients at once.", limits.connections()));
    costs.add(
        Options.counted(
            "--queue",
            "N",
            "What may wait for a thread, in thread-pool and event-loop-workers.",
            limits.queue()));
    costs.add(
        Options.counted(
            "--backlog", "N", "Clients that the kernel holds until then.", limits.backlog()));
    costs.add(
        Options.valued("--max-per-address", "N", "Clients at once of one address. Default: all."));
    costs.add(Options.valued("--accept-rate", "N", "New clients a second. Default: as they come."));
    if (http) {
      costs.add(
          Options.valued(
              "--adaptive",
              "TIME",
              "Refuses calls that would make others take longer than this. Default: none."));
      costs.add(
          Options.sized("--max-header-bytes", "Request line and header.", limits.headBytes()));
      costs.add(Options.counted("--max-headers", "N", "Header fields.", limits.headFields()));
      costs.add(Options.sized("--max-body", "A request's body.", limits.bodyBytes()));
    }
    group(command, "%nLimits:%n", costs);

    List<OptionSpec> waits = new ArrayList<>();
    if (http) {
      waits.add(Options.timed("--header-timeout", "For a whole header to arrive.", times.head()));
    }
    waits.add(Options.timed("--idle-timeout", "For a client that says nothing.", times.idle()));
    if (http) {
      waits.add(
          Options.valued(
              "--body-rate",
              "SIZE",
              "The least a second for a body, after "
                  + Quantity.duration(times.bodyGrace())
                  + ". Default: "
                  + times.bodyRate()
                  + "."));
    }
    waits.add(Options.timed("--write-timeout", "For a client that takes nothing.", times.stall()));
    waits.add(
        Options.timed(
            "--max-wait",
            "For a client or a request to wait for a thread; 0 for ever.",
            Admission.DEFAULT.queueTime()));
    waits.add(
        Options.timed(
            "--slow-loop",
            "For a handler to hold a loop, until it is logged; 0 for ever.",
            Patience.DEFAULT.loop()));
    waits.add(
        Options.timed(
            "--slow-thread", "The same for any other thread.", Patience.DEFAULT.thread()));
    waits.add(Options.timed("--drain", "For clients to finish when the server is stopped.", DRAIN));
    waits.add(
        Options.timed(
            "--drain-notice",
            "For clients to be still let in then, while /health/ready says no.",
            Duration.ZERO));
    group(command, "%nTimeouts:%n", waits);

    List<OptionSpec> care = new ArrayList<>();
    care.add(
        Options.path(
            "--control",
            "PATH",
            "The socket that @|bold usher ctl|@ and @|bold usher restart|@ ask at.",
            "Default: one that they find by themselves."));
    care.add(Options.flag("--no-control", "There is no such socket."));
    care.add(
        Options.path(
            Given.CONFIG,
            "FILE",
            "These options from a file, a line \"name = value\"",
            "for each; HUP has it read again."));
    care.add(
        Options.valued(
            "--log-level", "LEVEL", "How much is logged, such as debug. Default: info."));
    group(command, "%nAdministration:%n", care);
  }

  private static void group(CommandSpec command, String heading, List<OptionSpec> options) {
    ArgGroupSpec.Builder group = ArgGroupSpec.builder().heading(heading).validate(false);
    options.forEach(group::addArg);
    command.addArgGroup(group.order(command.argGroups().size()).build());
  }

  /// Reads them.
  ///
  /// @param address where it listens if nothing is said
  /// @throws Failure if one makes no sense
  public static Settings read(ParseResult given, String address, Terminal terminal) {
    return read(Given.of(given), address, terminal);
  }

  private static Settings read(Given given, String address, Terminal terminal) {
    Settings settings =
        new Settings(
            model(given),
            addresses(given, address),
            given.names("--listen"),
            limits(given),
            timeouts(given),
            admission(given),
            patience(given),
            text(given, "--drain").map(text -> Quantity.duration("--drain", text)).orElse(DRAIN),
            text(given, "--admin").map(ServerOptions::admin),
            given.has("--quiet"),
            administration(given),
            () -> read(given.again(), address, terminal));
    return seated(settings, given, terminal);
  }

  private static System.Logger.Level level(String text) {
    return Loggers.named(text)
        .orElseThrow(
            () ->
                Failure.usage(
                    "--log-level: there is no level %s%s (%s)"
                        .formatted(
                            text,
                            Nearest.question(text, Loggers.names()),
                            String.join(", ", Loggers.names()))));
  }

  private static Administration administration(Given given) {
    Optional<String> path = text(given, "--control");
    boolean closed = given.has("--no-control");
    if (closed && path.isPresent()) {
      throw Failure.usage("--control or --no-control, not both");
    }
    return new Administration(
        path.map(text -> Folders.path("no socket", text)).orElse(null),
        closed,
        text(given, "--drain-notice")
            .map(text -> Quantity.duration("--drain-notice", text))
            .orElse(Duration.ZERO),
        text(given, "--log-level").map(ServerOptions::level).orElse(null),
        given.names(Given.CONFIG));
  }

  private static Optional<String> text(Given given, String option) {
    return given.text(option);
  }

  private static Model model(Given given) {
    Model model =
        text(given, "--model").map(ServerOptions::named).orElse(new Model.VirtualThreads());
    Optional<String> threads = text(given, "--threads");
    if (threads.isEmpty()) {
      return model;
    }
    int number = Quantity.number("--threads", threads.get(), 1, MOST_THREADS);
    if (model.size().isEmpty()) {
      List<String> others =
          Model.all().stream().filter(each -> each.size().isPresent()).map(Model::name).toList();
      throw Failure.usage(
          "--threads: the model %s has no number of threads to choose; these have: %s"
              .formatted(model.name(), String.join(", ", others)));
    }
    return model.withThreads(number);
  }

  private static Model named(String name) {
    return Model.named(name)
        .orElseThrow(
            () -> {
              List<String> names = Model.all().stream().map(Model::name).toList();
              return Failure.usage(
                  "there is no model %s%s (%s)"
                      .formatted(name, Nearest.question(name, names), String.join(", ", names)));
            });
  }

  private static List<Address> addresses(Given given, String usual) {
    List<String> texts = given.all("--listen", List.of(usual));
    List<Address> addresses = new ArrayList<>();
    for (String text : texts) {
      Address address = address("--listen", text);
      if (addresses.contains(address) && !takesFreePort(address)) {
        throw Failure.usage("--listen " + text + " is there twice; once is enough");
      }
      if (address instanceof Address.Udp && speaksHttp(given)) {
        throw Failure.usage(
            "--listen " + text + ": HTTP is spoken over streams; say tcp:PORT or unix:PATH");
      }
      addresses.add(address);
    }
    return addresses;
  }

  private static boolean speaksHttp(Given given) {
    return given.knows("--max-body");
  }

  private static boolean takesFreePort(Address address) {
    return switch (address) {
      case Address.Tcp(_, int port) -> port == 0;
      case Address.Udp(_, int port) -> port == 0;
      case Address.Unix _ -> false;
    };
  }

  private static Address address(String option, String text) {
    try {
      return Address.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw Failure.usage(option + ": " + malformed.getMessage());
    }
  }

  private static Address admin(String text) {
    Address address = address("--admin", text);
    if (address instanceof Address.Udp) {
      throw Failure.usage("--admin " + text + ": it is asked over streams; say tcp:PORT");
    }
    return address;
  }

  private static Admission admission(Given given) {
    Admission admission = Admission.DEFAULT;
    Optional<String> each = text(given, "--max-per-address");
    if (each.isPresent()) {
      admission =
          admission.withPerAddress(
              Quantity.number("--max-per-address", each.get(), 1, Integer.MAX_VALUE));
    }
    Optional<String> rate = text(given, "--accept-rate");
    if (rate.isPresent()) {
      admission =
          admission.withAcceptRate(
              Quantity.number("--accept-rate", rate.get(), 1, Integer.MAX_VALUE));
    }
    admission = admission.withQueueTime(time(given, "--max-wait", Admission.DEFAULT.queueTime()));
    return speaksHttp(given)
        ? admission.withTarget(time(given, "--adaptive", Admission.DEFAULT.target()))
        : admission;
  }

  private static Patience patience(Given given) {
    return new Patience(
        time(given, "--slow-loop", Patience.DEFAULT.loop()),
        time(given, "--slow-thread", Patience.DEFAULT.thread()));
  }

  /// A time that may be 0.
  private static Duration time(Given given, String option, Duration usual) {
    return text(given, option).map(text -> Quantity.duration(option, text)).orElse(usual);
  }

  private static Limits limits(Given given) {
    Limits limits = Limits.DEFAULT;
    limits = change(limits, given, "--max-connections", 1, Limits::withConnections);
    limits = change(limits, given, "--queue", 1, Limits::withQueue);
    limits = change(limits, given, "--backlog", 1, Limits::withBacklog);
    if (!speaksHttp(given)) {
      return limits;
    }
    limits = change(limits, given, "--max-headers", 1, Limits::withHeadFields);
    Optional<String> head = text(given, "--max-header-bytes");
    if (head.isPresent()) {
      long bytes = Quantity.size("--max-header-bytes", head.get(), 64, 1 << 30);
      limits = limits.withHeadBytes((int) bytes);
    }
    Optional<String> body = text(given, "--max-body");
    if (body.isPresent()) {
      limits = limits.withBodyBytes(Quantity.size("--max-body", body.get(), 0, Long.MAX_VALUE));
    }
    return limits;
  }

  private static Limits change(
      Limits limits,
      Given given,
      String option,
      int least,
      BiFunction<Limits, Integer, Limits> with) {
    Optional<String> text = text(given, option);
    return text.isEmpty()
        ? limits
        : with.apply(limits, Quantity.number(option, text.get(), least, Integer.MAX_VALUE));
  }

  private static Timeouts timeouts(Given given) {
    Timeouts timeouts = Timeouts.DEFAULT;
    timeouts = change(timeouts, given, "--idle-timeout", Timeouts::withIdle);
    timeouts = change(timeouts, given, "--write-timeout", Timeouts::withStall);
    if (!speaksHttp(given)) {
      return timeouts;
    }
    timeouts = change(timeouts, given, "--header-timeout", Timeouts::withHead);
    Optional<String> rate = text(given, "--body-rate");
    return rate.isEmpty()
        ? timeouts
        : timeouts.withBody(
            timeouts.bodyGrace(), (int) Quantity.size("--body-rate", rate.get(), 1, 1 << 30));
  }

  private static Timeouts change(
      Timeouts timeouts,
      Given given,
      String option,
      BiFunction<Timeouts, Duration, Timeouts> with) {
    Optional<String> text = text(given, option);
    if (text.isEmpty()) {
      return timeouts;
    }
    Duration duration = Quantity.duration(option, text.get());
    if (duration.isZero()) {
      throw Failure.usage(option + " must be above zero");
    }
    return with.apply(timeouts, duration);
  }

  /// No more clients than there are descriptors for. Said at once to somebody who asked for more;
  /// the usual number goes down silently, and the start line shows it.
  private static Settings seated(Settings settings, Given given, Terminal terminal) {
    Optional<Long> allowed = Descriptors.allowed();
    if (allowed.isEmpty()) {
      return settings;
    }
    Limits asked = settings.limits();
    Limits fitting = Descriptors.fit(asked, allowed.get());
    if (fitting.connections() < asked.connections() && given.names("--max-connections")) {
      terminal.warn(Descriptors.warning(asked.connections(), fitting.connections(), allowed.get()));
    }
    return settings.withLimits(fitting);
  }
}
