package usher.bench.side;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import usher.bench.contender.Contender;
import usher.bench.contender.Contenders;
import usher.bench.contender.Installation;
import usher.bench.measure.Commands;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.Ports;
import usher.bench.measure.Sample;
import usher.bench.measure.Wrk;
import usher.bench.report.Plot;
import usher.bench.report.RawResults;
import usher.bench.report.Report;
import usher.bench.report.Results;
import usher.bench.workload.Content;
import usher.bench.workload.Workload;
import usher.bench.workload.Workloads;

/// The command `bench/run`: measures this project under each of its models beside other servers.
///
/// Exit codes: 0 when everything that was to be measured was measured, whatever the figures; 1 when
/// a server failed; 2 when the run could not begin.
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts usher under each model and other servers, one after the other, and measures them"
          + " side by side.",
      "Servers run on one core and the load on another. Do not use the machine meanwhile.",
    },
    footer = {
      "",
      "Examples:",
      "  bench/run                                   everything; an hour and a half",
      "  bench/run --quick                           a look whether it all still works",
      "  bench/run --workloads keep-alive --models event-loop --peers nginx,netty",
    })
public final class SideBySide implements Callable<Integer> {
  @Option(
      names = "--models",
      split = ",",
      paramLabel = "MODEL",
      description = "Models of usher; 'none' for none. Default: all.")
  private @Nullable List<String> models;

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description = "Other servers, nginx among them; 'none' for none. Default: all.")
  private @Nullable List<String> peers;

  @Option(
      names = "--workloads",
      split = ",",
      paramLabel = "NAME",
      description = "What they are put through. Default: everything.")
  private @Nullable List<String> workloads;

  @Option(names = "--seconds", description = "Length of a measurement. Default: 5.")
  private @Nullable Integer seconds;

  @Option(names = "--warm", description = "Length of the load before it. Default: 4.")
  private @Nullable Integer warm;

  @Option(names = "--repeats", description = "Rounds over all servers. Default: 3.")
  private @Nullable Integer repeats;

  @Option(names = "--held", description = "Idle connections that are held. Default: 10000.")
  private @Nullable Integer held;

  @Option(names = "--server-cpu", defaultValue = "0", description = "Core of the servers.")
  private int serverCpu;

  @Option(names = "--load-cpu", defaultValue = "1", description = "Core of the load.")
  private int loadCpu;

  @Option(
      names = "--quick",
      description = "One short round of a few servers and workloads, as a check in a minute or so.")
  private boolean quick;

  @Option(names = "--list", description = "Prints the names of servers and workloads and ends.")
  private boolean list;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the report goes. Default: bench/results.")
  private @Nullable Path out;

  @Option(names = "--home", hidden = true, required = true)
  private Path home = Path.of(".");

  @Option(names = "--limit", hidden = true, required = true)
  private Path limit = Path.of("limit");

  private SideBySide() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SideBySide()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Installation installation =
        new Installation(
            home.toAbsolutePath().normalize(),
            limit.toAbsolutePath(),
            Path.of(System.getProperty("java.home")),
            System.getProperty("java.class.path"));
    Selection selection;
    Wrk wrk;
    int ticks;
    try {
      positive("--seconds", seconds);
      positive("--warm", warm);
      positive("--repeats", repeats);
      positive("--held", held);
      selection = selection(Contenders.of(installation));
      if (list) {
        selection.print(System.out);
        return 0;
      }
      wrk = wrk(installation);
      ticks = Commands.ticksPerSecond();
    } catch (MeasurementException | IllegalArgumentException e) {
      System.err.println("bench/run: " + e.getMessage());
      return 2;
    }
    Path work = Files.createTempDirectory("side-by-side");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(work)));
    return run(installation, selection, wrk, ticks, work);
  }

  /// Whatever ends the run, no server outlives it, and no file.
  private static void cleanUp(Path work) {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    try (Stream<Path> paths = Files.walk(work)) {
      for (Path path : paths.toList().reversed()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("bench/run: " + work + " is left over: " + e.getMessage());
    }
  }

  private int run(Installation installation, Selection selection, Wrk wrk, int ticks, Path work)
      throws IOException, InterruptedException {
    Settings settings =
        new Settings(
            or(seconds, quick ? 2 : 5),
            or(warm, quick ? 1 : 4),
            or(repeats, quick ? 1 : 3),
            serverCpu,
            loadCpu,
            installation.javaHome().resolve("bin/jcmd"),
            work);
    Path files = Files.createDirectory(work.resolve("files"));
    for (Content.StaticFile file : Workloads.FILES) {
      Files.write(files.resolve(file.name()), file.bytes());
    }
    List<String> description = description(settings, installation);
    description.forEach(System.out::println);
    Progress progress = new Progress(System.out, selection.samples(settings.repeats()));
    Measurements measurements = new LiveMeasurements(settings, new Ports(), wrk, ticks);
    Rounds rounds = new Rounds(settings, measurements, selection.all(), progress);
    List<Sample> samples = new ArrayList<>();
    Path folder = Optional.ofNullable(out).orElse(home.resolve("bench/results"));
    for (Rounds.Leg leg : selection.legs()) {
      samples.addAll(rounds.run(leg));
      // After each workload, so that a run that is broken off has not been in vain.
      write(new Report(description, selection.workloads(), new Results(samples)), folder);
    }
    Results results = new Results(samples);
    System.out.println();
    System.out.print(new Report(description, selection.workloads(), results).markdown());
    System.out.println("\nWritten to " + folder);
    return results.anyFailed() ? 1 : 0;
  }

  private Selection selection(List<Contender> all) {
    int idle = or(held, quick ? 1_000 : 10_000);
    List<Workload> everything = Workloads.all(idle, quick ? 3 : 5);
    return quick
        ? Selection.quick(all, everything, models, peers, workloads)
        : Selection.of(all, everything, models, peers, workloads);
  }

  private List<String> description(Settings settings, Installation installation)
      throws InterruptedException {
    List<String> lines = new ArrayList<>(Machine.describe(installation.home()));
    lines.add(
        "servers on core %d, load on core %d; %d s after %d s of warm-up; %d rounds"
            .formatted(
                settings.serverCpu(),
                settings.loadCpu(),
                settings.seconds(),
                settings.warm(),
                settings.repeats()));
    if (quick) {
      lines.add("the short form: it shows that everything works, and its figures mean little");
    }
    return List.copyOf(lines);
  }

  private static void write(Report report, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("side-by-side.md"), report.markdown());
    Files.writeString(
        folder.resolve("side-by-side.json"), RawResults.json(report.settings(), report.results()));
    for (Workload workload : report.workloads()) {
      Plot.write(workload, report.results(), folder);
    }
  }

  private Wrk wrk(Installation installation) throws MeasurementException {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      throw new MeasurementException("two cores are needed: one for the server, one for the load");
    }
    for (String program : List.of("taskset", "getconf")) {
      if (Installation.find(program).isEmpty()) {
        throw new MeasurementException(program + " is missing");
      }
    }
    Path program =
        Installation.find("wrk")
            .orElseThrow(
                () -> new MeasurementException("wrk is missing (Debian: apt install wrk)"));
    return new Wrk(program, loadCpu, installation.home().resolve("bench/load/pipeline.lua"));
  }

  private static void positive(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new IllegalArgumentException(option + " must be at least 1, not " + value);
    }
  }

  private static int or(@Nullable Integer value, int otherwise) {
    return value == null ? otherwise : value;
  }
}
