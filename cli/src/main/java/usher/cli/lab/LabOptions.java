package usher.cli.lab;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import usher.cli.console.Failure;
import usher.cli.console.Options;
import usher.cli.console.Quantity;
import usher.lab.experiment.LabRequest;
import usher.lab.experiment.Pace;
import usher.lab.load.LoadPlan;
import usher.lab.recommend.Wishes;
import usher.lab.result.LabResult;
import usher.lab.result.ResultFile;
import usher.lab.result.WorkloadNote;
import usher.lab.workload.Objectives;
import usher.lab.workload.Workload;
import usher.lab.workload.Workloads;
import usher.server.Model;

/// The options of `usher lab`, and what they ask for.
public final class LabOptions {
  /// Where the files go, unless the user says.
  public static final String OUT = "usher-lab";

  private static final int MOST_CONNECTIONS = 20_000;
  private static final int MOST_RATE = 10_000_000;

  private LabOptions() {}

  /// Adds them to a command.
  public static void add(CommandSpec spec) {
    spec.addOption(
        Options.valued(
            "--handler", "CLASS", "Your HttpHandler, StreamHandler or DatagramHandler."));
    spec.addOption(
        Options.valued(
            "--classpath", "PATH", "Where it is: jars and folders; a jar may announce it."));
    spec.addOption(
        Options.valued("--path", "PATH", "What your HttpHandler is asked for. Default: /."));
    spec.addOption(Options.valued("--url", "URL", "A server that runs already, as a column more."));
    spec.addOption(Options.valued("--models", "MODEL,...", "Default: all of them."));
    spec.addOption(
        Options.valued(
            "--workloads", "NAME,...|FILE", "Built-in ones, or a file. Default: all of them."));
    spec.addOption(
        Options.flag("--print-workloads", "Prints the built-in ones, to be copied and changed."));
    spec.addOption(
        Options.valued("--connections", "N,...", "Of the closed loops; the last one also idle."));
    spec.addOption(Options.valued("--rate", "N", "The rate at which all are compared, a second."));
    spec.addOption(
        Options.valued("--objective", "p99=50ms", "What is good enough, for all workloads."));
    spec.addOption(Options.valued("--duration", "TIME", "About so long, where models keep up."));
    spec.addOption(Options.flag("--quick", "A look: short, and at the workloads that tell most."));
    spec.addOption(Options.flag("--full", "Longer, for a report that is kept."));
    spec.addOption(Options.flag("--isolation", "One client's crash must not hurt others."));
    spec.addOption(Options.valued("--memory", "SIZE", "No more memory than this."));
    spec.addOption(Options.valued("--out", "DIR", "Where the report goes. Default: " + OUT + "."));
    spec.addOption(
        Options.valued("--json", "FILE", "The figures as JSON there too; - prints them."));
    spec.addOption(Options.valued("--csv", "FILE", "The figures as CSV there too; - prints them."));
    spec.addOption(
        Options.valued(
            "--compare", "OLD.json", "With an earlier run; exit code 1 if it got worse."));
    spec.addOption(Options.valued("--seed", "N", "Of all that is random. Default: 1."));
    spec.addOption(
        Options.valued("--jvm", "OPTION", "An option of the servers' JVMs, such as -Xmx1g."));
    spec.addOption(Options.flag("--quiet", "Says nothing while it runs.", "-q"));
  }

  /// What they ask for.
  ///
  /// @param command line that was given
  public static LabRequest read(ParseResult given, Optional<LabResult> old, String command)
      throws IOException {
    Optional<URI> url =
        Optional.ofNullable(given.<String>matchedOptionValue("--url", null)).map(LabOptions::url);
    List<Workload> workloads = workloads(given, url);
    List<Model> models = models(given.matchedOptionValue("--models", null));
    return new LabRequest(
        models,
        url.map(LabOptions::authority),
        workloads.stream().map(each -> aligned(each, old)).toList(),
        handler(given, url),
        classPath(given.matchedOptionValue("--classpath", "")),
        Optional.ofNullable(given.<String>matchedOptionValue("--jvm", null)).stream().toList(),
        rate(given),
        pace(given, workloads, models.size() + (url.isPresent() ? 1 : 0)),
        Quantity.number("--seed", given.matchedOptionValue("--seed", "1"), 0, Integer.MAX_VALUE),
        command);
  }

  /// What the user knows and no measurement tells.
  public static Wishes wishes(ParseResult given) {
    String memory = given.matchedOptionValue("--memory", null);
    Wishes wishes = Wishes.NONE.isolated(given.hasMatchedOption("--isolation")).at(rate(given));
    return memory == null
        ? wishes
        : wishes.within(
            OptionalDouble.of(
                Quantity.size("--memory", memory, 1 << 20, Long.MAX_VALUE) / (double) (1 << 20)));
  }

  /// The earlier run to compare with.
  public static Optional<LabResult> old(ParseResult given) {
    String file = given.matchedOptionValue("--compare", null);
    if (file == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ResultFile.read(Path.of(file)));
    } catch (IOException wrong) {
      throw Failure.usage("--compare " + file + ": " + wrong.getMessage());
    }
  }

  private static OptionalDouble rate(ParseResult given) {
    String text = given.matchedOptionValue("--rate", null);
    return text == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Quantity.number("--rate", text, 1, MOST_RATE));
  }

  private static List<Model> models(String text) {
    if (text == null) {
      return Model.all();
    }
    List<Model> all = new ArrayList<>();
    // A comma within parentheses belongs to a model.
    for (String name : text.split(",(?![^(]*\\))", -1)) {
      all.add(
          Model.named(name.strip())
              .orElseThrow(
                  () ->
                      Failure.usage(
                          "--models: there is no model "
                              + name.strip()
                              + "; there are "
                              + String.join(
                                  ", ", Model.all().stream().map(Model::name).toList()))));
    }
    return all;
  }

  private static List<Workload> workloads(ParseResult given, Optional<URI> url) throws IOException {
    String text = given.matchedOptionValue("--workloads", null);
    String objective = given.matchedOptionValue("--objective", null);
    List<Workload> all;
    boolean own =
        url.isPresent()
            || given.hasMatchedOption("--handler")
            || given.hasMatchedOption("--classpath");
    if (text == null && own) {
      all = List.of(own(given, url));
    } else if (text == null) {
      all = given.hasMatchedOption("--quick") ? Workloads.telling() : Workloads.builtIn();
    } else if (Files.exists(Path.of(text)) || text.endsWith(".json")) {
      try {
        all = Workloads.read(Path.of(text));
      } catch (IllegalArgumentException wrong) {
        throw Failure.usage("--workloads " + wrong.getMessage());
      }
    } else {
      all = Arrays.stream(text.split(",", -1)).map(String::strip).map(LabOptions::builtIn).toList();
    }
    if (objective == null) {
      return all;
    }
    try {
      var goal = Objectives.parse(objective);
      return all.stream().map(each -> each.withObjective(Objectives.text(goal))).toList();
    } catch (IllegalArgumentException wrong) {
      throw Failure.usage("--objective: " + wrong.getMessage());
    }
  }

  private static Workload builtIn(String name) {
    return Workloads.builtIn().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "--workloads: there is no "
                        + name
                        + "; there are "
                        + String.join(
                            ", ", Workloads.builtIn().stream().map(Workload::name).toList())));
  }

  private static Workload own(ParseResult given, Optional<URI> url) {
    String handler = given.matchedOptionValue("--handler", null);
    if (handler != null && url.isEmpty()) {
      LoadPlan.Wire wire = HandlerKind.of(handler, given.matchedOptionValue("--classpath", ""));
      if (wire != LoadPlan.Wire.HTTP) {
        return Workloads.ofBytes(wire);
      }
    }
    String path = url.map(LabOptions::target).orElse(given.matchedOptionValue("--path", "/"));
    if (!path.startsWith("/")) {
      throw Failure.usage("--path begins with a slash: " + path);
    }
    return Workloads.ofHttp(path);
  }

  private static Optional<String> handler(ParseResult given, Optional<URI> url) {
    String handler = given.matchedOptionValue("--handler", null);
    if (handler != null) {
      return Optional.of(handler);
    }
    if (given.hasMatchedOption("--classpath")) {
      return Optional.of("service");
    }
    return url.isPresent() ? Optional.of("hello") : Optional.empty();
  }

  private static URI url(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException wrong) {
      throw Failure.usage("--url: " + wrong.getMessage());
    }
    if (!"http".equals(url.getScheme()) || url.getHost() == null) {
      throw Failure.usage("--url " + text + ": write http://HOST:PORT/PATH");
    }
    return url;
  }

  private static String authority(URI url) {
    return url.getHost() + ":" + (url.getPort() < 0 ? 80 : url.getPort());
  }

  private static String target(URI url) {
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
  }

  private static String classPath(String own) {
    String all = System.getProperty("java.class.path");
    return own.isEmpty() ? all : all + File.pathSeparator + own;
  }

  /// Two runs are compared at the same rates.
  private static Workload aligned(Workload workload, Optional<LabResult> old) {
    return old.stream()
        .flatMap(result -> result.workloads().stream())
        .filter(note -> note.name().equals(workload.name()) && note.commonRate() > 0)
        .mapToDouble(WorkloadNote::commonRate)
        .mapToObj(workload::withCommonRate)
        .findFirst()
        .orElse(workload);
  }

  private static Pace pace(ParseResult given, List<Workload> workloads, int subjects) {
    boolean quick = given.hasMatchedOption("--quick");
    boolean full = given.hasMatchedOption("--full");
    String duration = given.matchedOptionValue("--duration", null);
    if ((quick ? 1 : 0) + (full ? 1 : 0) + (duration == null ? 0 : 1) > 1) {
      throw Failure.usage("--quick, --full and --duration each say how long it takes; use one");
    }
    Pace pace = quick ? Pace.QUICK : full ? Pace.FULL : Pace.USUAL;
    if (duration != null) {
      double seconds = Quantity.duration("--duration", duration).toMillis() / 1e3;
      pace = pace.lasting(seconds, workloads, subjects);
    }
    String connections = given.matchedOptionValue("--connections", null);
    if (connections != null) {
      pace =
          pace.withConnections(
              Arrays.stream(connections.split(",", -1))
                  .map(n -> Quantity.number("--connections", n.strip(), 1, MOST_CONNECTIONS))
                  .toList());
    }
    return pace;
  }
}
