package usher.bench.datagrams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import usher.bench.measure.Commands;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.RunningServer;
import usher.bench.report.Summary;

/// The command `bench/datagrams`: `usher echo` over UDP beside a loop in C that only receives and
/// sends.
///
/// In each round, for each model: the loop in C, then usher, under the same closed load (every
/// sender has one datagram under way), and the ratio of their CPU time a datagram; then usher once
/// more at half of the rate that it has just had, and how many datagrams were lost.
///
/// Exit codes: 0 when everything was measured, whatever the figures; 1 when a server failed or an
/// echo was wrong; 2 when the run could not begin.
@Command(
    name = "bench/datagrams",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures usher's UDP echo beside a loop of recvfrom and sendto in C.",
      "Servers run on one core and the load on another. Do not use the machine meanwhile.",
    })
public final class Echoes implements Callable<Integer> {
  private static final String LIMIT = "recvfrom/sendto in C";
  private static final int FIRST_PORT = 20_000;
  private static final int PATIENCE = 60;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "MODEL",
      description = "Models of usher. Default: ${DEFAULT-VALUE}.")
  private List<String> models = List.of("event-loop");

  @Option(names = "--seconds", description = "Length of a measurement. Default: 4.")
  private @Nullable Integer seconds;

  @Option(names = "--warm", description = "Length of the load before it. Default: 4.")
  private @Nullable Integer warm;

  @Option(names = "--repeats", description = "Rounds. Default: 3.")
  private @Nullable Integer repeats;

  @Option(names = "--senders", description = "Senders. Default: ${DEFAULT-VALUE}.")
  private int senders = 64;

  @Option(names = "--size", description = "Bytes of a datagram. Default: ${DEFAULT-VALUE}.")
  private int size = 64;

  @Option(names = "--server-cpu", defaultValue = "0", description = "Core of the servers.")
  private int serverCpu;

  @Option(names = "--load-cpu", defaultValue = "1", description = "Core of the load.")
  private int loadCpu;

  @Option(names = "--quick", description = "One short round, to see that it still works.")
  private boolean quick;

  @Option(names = "--home", hidden = true, required = true)
  private Path home = Path.of(".");

  @Option(names = "--native", hidden = true, required = true)
  private Path program = Path.of("datagrams");

  private int port = FIRST_PORT;
  private double tickMicros;

  private Echoes() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(new CommandLine(new Echoes()).execute(arguments));
  }

  /// What came of one server in one round.
  private record Row(double micros, double rate) {}

  /// The figures of one model in all rounds.
  private static final class Column {
    final List<Double> ratios = new ArrayList<>();
    final List<Double> micros = new ArrayList<>();
    final List<Double> limits = new ArrayList<>();
    final List<Double> rates = new ArrayList<>();
    long sent;
    long lost;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path log = Files.createTempFile("datagrams", ".log");
    try {
      tickMicros = 1e6 / Commands.ticksPerSecond();
    } catch (MeasurementException | NumberFormatException e) {
      System.err.println("bench/datagrams: " + e.getMessage());
      return 2;
    }
    Map<String, Column> columns = new LinkedHashMap<>();
    try {
      for (int round = 1; round <= or(repeats, quick ? 1 : 3); round++) {
        for (String model : models) {
          measure(model, columns.computeIfAbsent(model, _ -> new Column()), log);
        }
      }
    } catch (MeasurementException e) {
      System.err.println("bench/datagrams: " + e.getMessage());
      return 1;
    } finally {
      Files.delete(log);
    }
    print(columns);
    return 0;
  }

  private static int or(@Nullable Integer given, int usual) {
    return given == null ? usual : given;
  }

  private void measure(String model, Column column, Path log)
      throws IOException, MeasurementException, InterruptedException {
    Row limit;
    int at = ++port;
    try (RunningServer server =
        start(List.of(program.toString(), "echo", Integer.toString(at)), at, log)) {
      limit = closed(server);
    }
    int own = ++port;
    List<String> line =
        List.of(
            home.resolve("usher").toString(),
            "echo",
            "--model",
            model,
            "--listen",
            "udp:127.0.0.1:" + own);
    try (RunningServer server = start(line, own, log)) {
      Row row = closed(server);
      column.ratios.add(row.micros() / limit.micros());
      column.micros.add(row.micros());
      column.limits.add(limit.micros());
      column.rates.add(row.rate());
      LoadReport half = load(server, or(seconds, quick ? 2 : 4), Math.max(1, row.rate() / 2));
      column.sent += half.sent();
      column.lost += half.lost();
      System.out.printf(
          "%s: %.2f µs a datagram (in C %.2f, ratio %.2f), %.0f a second; at half of that %d of %d"
              + " lost%n",
          model,
          row.micros(),
          limit.micros(),
          row.micros() / limit.micros(),
          row.rate(),
          half.lost(),
          half.sent());
    }
  }

  private RunningServer start(List<String> line, int at, Path log)
      throws MeasurementException, InterruptedException {
    RunningServer server = RunningServer.start(line, serverCpu, "", at, log);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    try {
      while (run(server, List.of("0.1", "1", "64")).echoed() == 0) {
        server.checkAlive();
        if (System.nanoTime() > end) {
          throw new MeasurementException(line.getFirst() + " does not answer");
        }
      }
      return server;
    } catch (MeasurementException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private Row closed(RunningServer server)
      throws IOException, MeasurementException, InterruptedException {
    LoadReport _ = load(server, or(warm, quick ? 2 : 4), 0);
    long before = server.tree().ticks();
    LoadReport report = load(server, or(seconds, quick ? 2 : 4), 0);
    double used = (server.tree().ticks() - before) * tickMicros;
    return new Row(used / report.echoed(), report.rate());
  }

  private LoadReport load(RunningServer server, int time, double rate)
      throws MeasurementException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(Integer.toString(time), Integer.toString(senders), Integer.toString(size)));
    if (rate > 0) {
      arguments.add(Long.toString(Math.round(rate)));
    }
    LoadReport report = run(server, arguments);
    server.checkAlive();
    if (report.wrong() > 0 || report.echoed() == 0) {
      throw new MeasurementException("wrong echoes: " + report);
    }
    return report;
  }

  private LoadReport run(RunningServer server, List<String> arguments)
      throws MeasurementException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("taskset", "-c", Integer.toString(loadCpu)));
    line.addAll(List.of(program.toString(), "load", Integer.toString(server.port())));
    line.addAll(arguments);
    return LoadReport.parse(Commands.run(line, PATIENCE));
  }

  private static void print(Map<String, Column> columns) {
    System.out.println();
    System.out.println("| | µs a datagram | " + LIMIT + " | ratio | a second | lost at half |");
    System.out.println("|---|--:|--:|--:|--:|--:|");
    columns.forEach(
        (model, column) -> {
          Summary ratio = Summary.of(column.ratios);
          System.out.printf(
              "| `%s` | %.2f | %.2f | %.2f (%.2f–%.2f) | %.0f | %d of %d |%n",
              model,
              Summary.of(column.micros).median(),
              Summary.of(column.limits).median(),
              ratio.median(),
              ratio.min(),
              ratio.max(),
              Summary.of(column.rates).median(),
              column.lost,
              column.sent);
        });
  }
}
