package usher.bench.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import usher.bench.contender.Contender;
import usher.bench.contender.Launch;
import usher.bench.measure.Answer;
import usher.bench.measure.IdleConnections;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.Metric;
import usher.bench.measure.Ports;
import usher.bench.measure.RunningServer;
import usher.bench.measure.Wrk;
import usher.bench.measure.WrkReport;
import usher.bench.report.Summary;
import usher.bench.workload.Content;
import usher.bench.workload.Workload;
import usher.lab.proc.ProcStatus;

/// Measures real servers. Each measurement starts a fresh process, checks that it answers what it
/// should, warms it up, measures, and ends it.
///
/// The CPU time is read from `/proc` before and after the load and divided by the requests that the
/// load generator counted; it hardly depends on what else the machine does. Rates and latencies do.
///
/// One thread; it sleeps while a load runs.
final class LiveMeasurements implements Measurements {
  /// Covers what the JVM still compiles or frees after a change of load.
  private static final Duration SETTLE = Duration.ofSeconds(1);

  /// The same after warm-up, before memory is read: compilers give theirs back late.
  private static final Duration LONG_SETTLE = Duration.ofSeconds(3);

  private static final double WARM_SHARE = 0.7;
  private static final int WARM_LOADS = 3;

  private final Settings settings;
  private final Ports ports;
  private final Wrk wrk;
  private final double tickMicros;

  /// @param ticksPerSecond the kernel's clock ticks (`getconf CLK_TCK`)
  LiveMeasurements(Settings settings, Ports ports, Wrk wrk, int ticksPerSecond) {
    this.settings = settings;
    this.ports = ports;
    this.wrk = wrk;
    this.tickMicros = 1e6 / ticksPerSecond;
  }

  @Override
  public Map<Metric, Double> load(
      Contender contender, Workload.Load workload, Wrk.Shape shape, int warm)
      throws MeasurementException, IOException, InterruptedException {
    try (RunningServer server =
        start(contender, contender.command(), shape.connections(), settings.serverCpu(), "")) {
      check(server, shape.path(), workload.content());
      warm(server, shape, warm);
      Map<Metric, Double> figures = measured(server, shape);
      server.checkAlive();
      ProcStatus status = server.tree().status();
      figures.put(Metric.RESIDENT_MEGABYTES, status.residentBytes() / 1e6);
      figures.put(Metric.THREADS, (double) status.threads());
      return figures;
    }
  }

  @Override
  public Map<Metric, Double> idleMemory(Contender contender, Workload.IdleMemory workload)
      throws MeasurementException, IOException, InterruptedException {
    try (RunningServer server =
        start(
            contender,
            contender.command(),
            workload.held(),
            settings.serverCpu(),
            Settings.fixedHeap(workload.held()))) {
      check(server, workload.path(), new Content.Greeting());
      // Both ways of using a connection, so that their code is compiled and in memory.
      warm(server, new Wrk.Shape(workload.path(), 16, 1, false), settings.warm());
      warm(server, new Wrk.Shape(workload.path(), 16, 1, true), settings.warm());
      TimeUnit.NANOSECONDS.sleep(LONG_SETTLE.toNanos());
      Optional<Long> heapBefore = server.liveHeap(settings.jcmd());
      long residentBefore = server.tree().status().residentBytes();
      try (IdleConnections held =
          IdleConnections.open(server.port(), workload.path(), workload.held())) {
        // A second request on each: some servers keep more of a connection that is used again.
        held.check();
        settle();
        Optional<Long> heapAfter = server.liveHeap(settings.jcmd());
        ProcStatus status = server.tree().status();
        held.check();
        server.checkAlive();
        double resident = (double) (status.residentBytes() - residentBefore) / workload.held();
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.IDLE_RESIDENT_BYTES, resident);
        figures.put(Metric.IDLE_BYTES, resident);
        figures.put(Metric.THREADS, (double) status.threads());
        if (heapBefore.isPresent() && heapAfter.isPresent()) {
          double heap = (double) (heapAfter.get() - heapBefore.get()) / workload.held();
          figures.put(Metric.IDLE_HEAP_BYTES, heap);
          figures.put(Metric.IDLE_BYTES, resident + heap);
        }
        return figures;
      }
    }
  }

  @Override
  public Map<Metric, Double> idleActive(Contender contender, Workload.IdleActive workload)
      throws MeasurementException, IOException, InterruptedException {
    Wrk.Shape shape = workload.shape();
    int connections = workload.held() + shape.connections();
    try (RunningServer server =
        start(contender, contender.command(), connections, settings.serverCpu(), "")) {
      check(server, shape.path(), new Content.Greeting());
      warm(server, shape, settings.warm());
      double before = rate(measured(server, shape));
      Map<Metric, Double> figures;
      try (IdleConnections held =
          IdleConnections.open(server.port(), shape.path(), workload.held())) {
        settle();
        figures = measured(server, shape);
        held.check();
      }
      settle();
      double after = rate(measured(server, shape));
      server.checkAlive();
      figures.put(Metric.RATE_KEPT, rate(figures) / ((before + after) / 2));
      return figures;
    }
  }

  @Override
  public Map<Metric, Double> startUp(Contender contender, Workload.StartUp workload)
      throws MeasurementException, IOException, InterruptedException {
    // The first start only brings the files into memory, and does not count.
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i <= workload.starts(); i++) {
      long from = System.nanoTime();
      try (RunningServer server = start(contender, contender.startCommand(), 64, null, "")) {
        Answer answer = server.awaitAnswer(workload.path(), Settings.START_PAUSE);
        double elapsed = (System.nanoTime() - from) / 1e6;
        if (answer.status() != 200) {
          throw new MeasurementException(
              "the status is %d, not 200: %s".formatted(answer.status(), answer.excerpt()));
        }
        if (i > 0) {
          millis.add(elapsed);
        }
      }
    }
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    figures.put(Metric.START_MILLIS, Summary.of(millis).median());
    return figures;
  }

  private RunningServer start(
      Contender contender,
      Contender.Command command,
      int connections,
      @Nullable Integer cpu,
      String options)
      throws MeasurementException, IOException {
    int port = ports.next();
    Path work = Files.createDirectories(settings.work().resolve(contender.name() + "-" + port));
    Launch launch = new Launch(port, connections, settings.work().resolve("files"), work);
    return RunningServer.start(command.line(launch), cpu, options, port, work.resolve("log"));
  }

  private static void check(RunningServer server, String path, Content content)
      throws MeasurementException, InterruptedException {
    content.check(server.awaitAnswer(path, Settings.READY_PAUSE));
  }

  /// Loads the server for so long, and again as long as it has hardly had that much CPU time: where
  /// others want its core, too, the clock does not tell how much of it has been compiled.
  private void warm(RunningServer server, Wrk.Shape shape, int seconds)
      throws MeasurementException, IOException, InterruptedException {
    long before = server.tree().ticks();
    double wanted = seconds * 1e6 * WARM_SHARE;
    for (int i = 0; i < WARM_LOADS; i++) {
      wrk.run(server.port(), shape, seconds);
      if ((server.tree().ticks() - before) * tickMicros >= wanted) {
        return;
      }
    }
  }

  private Map<Metric, Double> measured(RunningServer server, Wrk.Shape shape)
      throws MeasurementException, IOException, InterruptedException {
    long from = System.nanoTime();
    long before = server.tree().ticks();
    WrkReport report = wrk.run(server.port(), shape, settings.seconds());
    double used = (server.tree().ticks() - before) * tickMicros;
    double elapsed = (System.nanoTime() - from) / 1e3;
    if (!report.complaints().isEmpty()) {
      throw new MeasurementException(String.join("; ", report.complaints()));
    }
    if (report.requests() == 0) {
      throw new MeasurementException("not one request was answered");
    }
    Map<Metric, Double> figures = new EnumMap<>(Metric.class);
    figures.put(Metric.CPU_MICROS, used / report.requests());
    figures.put(Metric.CORE_SHARE, used / elapsed);
    figures.put(Metric.RATE, report.rate());
    figures.put(Metric.P50_MICROS, report.p50Micros());
    figures.put(Metric.P99_MICROS, report.p99Micros());
    return figures;
  }

  private static double rate(Map<Metric, Double> figures) {
    return figures.getOrDefault(Metric.RATE, 0.0);
  }

  private static void settle() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(SETTLE.toNanos());
  }
}
