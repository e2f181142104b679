package usher.bench.overload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.RunningServer;
import usher.server.Model;

/// `bench/overload`: three times as many requests as can be served, under each model of one
/// process.
///
/// ```
///   warm-up ──► capacity (closed loop) ──► overload (open loop, 3×) ──► half of the capacity
/// ```
///
/// The handler computes for 5 ms if it is alone, always the same amount of work; the server has
/// core 0 and the clients have core 1. A client gives up after a second. Asked for: good answers at
/// 80% of the capacity during the overload, and none that fails from two seconds after its end.
public final class Overload {
  private static final int PORT = 19_000;
  private static final String PATH = "/work?rounds=";

  /// What a request takes when it is alone.
  private static final long WORK = 5_000_000;

  private static final long SAMPLE = 1_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final double TIMES = 3;
  private static final double LEAST_SHARE = 0.8;
  private static final double LONGEST_RECOVERY = 2;

  private final Path home;
  private final boolean quick;

  private Overload(Path home, boolean quick) {
    this.home = home;
    this.quick = quick;
  }

  /// What one model did.
  private record Row(String model, double capacity, Tally load, Tally after) {
    double share() {
      return load.goodput() / capacity;
    }

    boolean met() {
      return share() >= LEAST_SHARE && after.lastBad() <= LONGEST_RECOVERY;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "| `%s` | %.0f | %.0f | %.0f%% | %d | %d | %d | %.0f | %.0f | %.2f |%s",
          model,
          capacity,
          load.goodput(),
          100 * share(),
          load.count(Shot.End.SHED),
          load.count(Shot.End.LATE),
          load.count(Shot.End.FAILED),
          load.millis(0.5),
          load.millis(0.99),
          after.lastBad(),
          met() ? "" : " **missed**");
    }
  }

  /// Runs it.
  ///
  /// @param args `--home FOLDER`, perhaps `--quick`, perhaps models
  public static void main(String[] args) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(args));
    Path home = Path.of(words.remove(words.indexOf("--home") + 1));
    words.remove("--home");
    boolean quick = words.remove("--quick");
    List<String> models =
        words.isEmpty() ? Model.inProcess().stream().map(Model::name).toList() : words;
    boolean met = new Overload(home, quick).run(models);
    // The short form asks whether all this works; its figures are not judged.
    System.exit(met || quick ? 0 : 1);
  }

  private boolean run(List<String> models) throws Exception {
    System.out.println(
        "| | capacity /s | good at 3× /s | share | shed | gave up | failed | p50 ms | p99 ms |"
            + " recovered after s |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    boolean met = true;
    for (int i = 0; i < models.size(); i++) {
      Row row = measure(models.get(i), PORT + i);
      System.out.println(row);
      met &= row.met();
    }
    return met;
  }

  private Row measure(String model, int port)
      throws IOException, MeasurementException, InterruptedException {
    Path work = Files.createTempDirectory("overload");
    Path log = work.resolve("log");
    List<String> command =
        List.of(
            home.resolve("usher").toString(),
            "testee",
            "--root=" + work,
            "--model=" + model,
            "--listen=tcp:" + port,
            // Under iterative clients wait in the kernel, where only this bounds their number.
            "--backlog=" + (model.equals("iterative") ? 32 : 1_024),
            "--max-wait=250ms",
            "--adaptive=50ms");
    try (RunningServer server = RunningServer.start(command, 0, "", port, log)) {
      var _ = server.awaitAnswer("/hello", Duration.ofMillis(50));
      Load load = new Load(port, PATH + rounds(port), PATIENCE);
      Tally _ = load.closed(2, seconds(quick ? 1 : 4));
      Tally capacity = load.closed(2, seconds(quick ? 1 : 5));
      if (capacity.count(Shot.End.GOOD) < capacity.shots().size()) {
        throw new MeasurementException(model + " fails without overload; see " + log);
      }
      Tally over = load.open(TIMES * capacity.goodput(), seconds(quick ? 2 : 10));
      Tally after = load.open(capacity.goodput() / 2, seconds(quick ? 3 : 5));
      if (over.count(Shot.End.GOOD) == 0) {
        throw new MeasurementException(model + " answered nobody; see " + log);
      }
      return new Row(model, capacity.goodput(), over, after);
    }
  }

  /// How many rounds take that long, once the compiler has seen them.
  private static long rounds(int port) {
    Load sample = new Load(port, PATH + SAMPLE, PATIENCE);
    Tally _ = sample.closed(1, seconds(2));
    double millis = sample.closed(1, seconds(1)).millis(0.5);
    return (long) (SAMPLE * WORK / 1e6 / millis);
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }
}
