package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import usher.server.Address;

/// The same server measured by us and by generators that others know, in turn; and what ours costs.
///
/// It measures, so it wants a machine that does nothing else: `lab/cross-check` runs it, the usual
/// build does not. The server has one core and its handler takes some processor time, so that the
/// server is what limits a closed loop, whoever drives it; the generators have another core.
@EnabledIfSystemProperty(
    named = "usher.cross",
    matches = "true",
    disabledReason = "a measurement; run lab/cross-check")
final class LoadAgainstOthersTest {
  private static final int ROUNDS = Integer.getInteger("usher.cross.rounds", 5);
  private static final int SECONDS = 4;
  private static final int CONNECTIONS = 64;
  private static final int CORE = 0;
  private static final int SERVERS_CORE = 1;
  private static final double RATE = 4_000;
  private static final double CLOSE = 10;
  private static final double UNDISTURBED = 0.9;
  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final Path AUTOCANNON =
      Path.of("autocannon", "node_modules", "autocannon", "autocannon.js");

  /// A server's process.
  private record Running(Process process, int port) implements AutoCloseable {
    static Running start(int micros) throws IOException {
      Process process =
          pinned(
              SERVERS_CORE,
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-cp",
              CLASS_PATH,
              CrossServer.class.getName(),
              Integer.toString(micros));
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      return new Running(process, Integer.parseInt(out.readLine()));
    }

    double cpuSeconds() {
      return process.toHandle().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static Process pinned(int core, String... command) throws IOException {
    List<String> all = new ArrayList<>();
    if (LoadProcess.canPin()) {
      all.addAll(List.of("taskset", "-c", Integer.toString(core)));
    }
    all.addAll(Arrays.asList(command));
    return new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String output(String... command) throws Exception {
    Process process = pinned(CORE, command);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String text = String.join("\n", out.lines().toList());
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(text).isZero();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  private static double number(String pattern, String text) {
    Matcher match = Pattern.compile(pattern).matcher(text);
    assertThat(match.find()).as("%s in %s", pattern, text).isTrue();
    return Double.parseDouble(match.group(1));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static double wrk(Running server) throws Exception {
    String text =
        output(
            "wrk",
            "-t1",
            "-c" + CONNECTIONS,
            "-d" + SECONDS,
            "http://127.0.0.1:" + server.port() + "/");
    assertThat(text).doesNotContain("Socket errors", "Non-2xx");
    return number("Requests/sec: +([0-9.]+)", text);
  }

  private static double autocannon(Running server) throws Exception {
    String text =
        output(
            "node",
            AUTOCANNON.toString(),
            "--json",
            "--no-progress",
            "-c",
            Integer.toString(CONNECTIONS),
            "-d",
            Integer.toString(SECONDS),
            "-R",
            Integer.toString((int) RATE),
            "http://127.0.0.1:" + server.port() + "/");
    assertThat(number("\"non2xx\": ?([0-9]+)", text)).isZero();
    assertThat(number("\"errors\": ?([0-9]+)", text)).isZero();
    // The mean of the whole seconds: its duration counts the way to its end, too.
    return number("\"requests\": ?\\{\"average\": ?([0-9.]+)", text);
  }

  private static Plans plan(Running server) {
    return Plans.to(Address.tcp(server.port())).connections(CONNECTIONS).warm(1).seconds(SECONDS);
  }

  private static double ours(LoadProcess process, Plans plan) throws Exception {
    LoadReport report = process.run(plan.plan(), _ -> {});
    assertThat(report.failures()).isEmpty();
    return report.good() / report.seconds();
  }

  /// One measurement: the rate, and how much of its core the server had meanwhile.
  private record Figure(double rate, double busy) {
    static Figure of(Measurement measurement, Running server) throws Exception {
      double before = server.cpuSeconds();
      double rate = measurement.rate();
      return new Figure(rate, (server.cpuSeconds() - before) / SECONDS);
    }
  }

  /// Runs both in turn.
  ///
  /// @return our figures and theirs
  private static List<List<Figure>> inTurn(
      String what, Measurement ours, Measurement theirs, Running server) throws Exception {
    List<Figure> mine = new ArrayList<>();
    List<Figure> others = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      mine.add(Figure.of(ours, server));
      others.add(Figure.of(theirs, server));
      System.out.printf(
          "%s: ours %.0f, theirs %.0f requests a second; the server had %.2f and %.2f of its"
              + " core%n",
          what,
          mine.getLast().rate(),
          others.getLast().rate(),
          mine.getLast().busy(),
          others.getLast().busy());
    }
    return List.of(mine, others);
  }

  private static void compare(String what, List<Double> mine, List<Double> others) {
    System.out.printf("%s: medians %.0f and %.0f%n", what, median(mine), median(others));
    assertThat(median(mine)).as(what).isCloseTo(median(others), withinPercentage(CLOSE));
  }

  private static List<Double> rates(List<Figure> figures) {
    return figures.stream().map(Figure::rate).toList();
  }

  private interface Measurement {
    double rate() throws Exception;
  }

  /// Where the machine gives the server its whole core, the rates are compared. Where others use
  /// it, too, each measurement has another share of it: then it is what the server did with it,
  /// requests for each second of its processor time.
  @Test
  void a_closed_loop_finds_the_same_throughput_as_wrk() throws Exception {
    try (Running server = Running.start(20);
        LoadProcess process = LoadProcess.start(CLASS_PATH, OptionalInt.of(CORE))) {
      ours(process, plan(server).closed()); // warms both
      List<List<Figure>> both =
          inTurn(
              "wrk", () -> ours(process, plan(server).warm(0).closed()), () -> wrk(server), server);
      boolean undisturbed =
          both.stream()
              .allMatch(side -> median(side.stream().map(Figure::busy).toList()) > UNDISTURBED);
      if (undisturbed) {
        compare("wrk, requests a second", rates(both.getFirst()), rates(both.getLast()));
      } else {
        System.out.println("wrk: others use this machine");
        compare(
            "wrk, requests a second of the server's processor time",
            both.getFirst().stream().map(one -> one.rate() / one.busy()).toList(),
            both.getLast().stream().map(one -> one.rate() / one.busy()).toList());
      }
    }
  }

  @Test
  void an_open_loop_has_the_same_rate_as_autocannon() throws Exception {
    try (Running server = Running.start(20);
        LoadProcess process = LoadProcess.start(CLASS_PATH, OptionalInt.of(CORE))) {
      ours(process, plan(server).even(RATE));
      List<List<Figure>> both =
          inTurn(
              "autocannon",
              () -> ours(process, plan(server).warm(0).even(RATE)),
              () -> autocannon(server),
              server);
      compare("autocannon, requests a second", rates(both.getFirst()), rates(both.getLast()));
    }
  }

  @Test
  void at_twenty_thousand_a_second_ours_takes_less_than_half_a_core_and_is_on_time()
      throws Exception {
    List<Double> cores = new ArrayList<>();
    List<Double> lags = new ArrayList<>();
    try (Running server = Running.start(0);
        LoadProcess process = LoadProcess.start(CLASS_PATH, OptionalInt.of(CORE))) {
      process.run(plan(server).even(20_000).warm(2).plan(), _ -> {});
      for (int i = 0; i < ROUNDS; i++) {
        LoadReport report = process.run(plan(server).even(20_000).plan(), _ -> {});
        assertThat(report.failures()).isEmpty();
        // Only requests that found a connection can be late by us.
        assertThat(report.waitedForConnection()).isLessThan(report.due() / 2);
        cores.add(report.cpuSeconds() / report.seconds());
        lags.add(report.lag().millis(99.9));
        System.out.printf(
            "20,000 a second: %.2f of a core; late by %.3f ms at p99.9, %.3f at p50;"
                + " %d waited for a connection%n",
            cores.getLast(), lags.getLast(), report.lag().millis(50), report.waitedForConnection());
      }
    }
    System.out.printf(
        "20,000 a second: medians %.2f of a core, %.3f ms%n", median(cores), median(lags));
    assertThat(median(cores)).isLessThan(0.5);
    assertThat(median(lags)).isLessThan(1);
  }
}
