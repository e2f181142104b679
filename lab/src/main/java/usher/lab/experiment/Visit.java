package usher.lab.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import usher.lab.load.GeneratorException;
import usher.lab.load.Latencies;
import usher.lab.load.LoadPlan;
import usher.lab.load.LoadProcess;
import usher.lab.load.LoadReport;
import usher.lab.load.Progress;
import usher.lab.proc.Usage;
import usher.lab.result.Curve;
import usher.lab.result.Curve.Point;
import usher.lab.result.Metric;
import usher.lab.result.Objective;
import usher.lab.subject.Subject;
import usher.lab.workload.Workload;

/// One server under one workload, once: each method is one measurement.
///
/// For one thread.
final class Visit {
  private static final double LEAST_PIECE = 0.15;
  private static final double TOO_MANY_FAILED = 0.01;
  private static final double FULL_CORE = 0.9;
  private static final double CALM = 0.5;
  private static final double THREEFOLD = 3;
  private static final double MICROS = 1e6;
  private static final double MIB = 1 << 20;
  private static final double KIB = 1 << 10;

  private final LoadProcess load;
  private final Subject subject;
  private final Workload workload;
  private final Objective goal;
  private final Pace pace;
  private final Plans plans;
  private final double tickSeconds;
  private final Figures figures;

  Visit(
      LoadProcess load,
      Subject subject,
      Workload workload,
      Pace pace,
      long seed,
      double tickSeconds,
      Figures figures) {
    this.load = load;
    this.subject = subject;
    this.workload = workload;
    this.goal = workload.goal();
    this.pace = pace;
    this.plans = new Plans(subject.address(), workload, pace, seed);
    this.tickSeconds = tickSeconds;
    this.figures = figures;
  }

  /// Closed loads, until they no longer make the server faster.
  void warm() throws GeneratorException, InterruptedException {
    var steadiness = new Steadiness();
    double left = pace.warmSeconds();
    while (left > 0) {
      double piece = Math.max(LEAST_PIECE, pace.probeSeconds() / 2);
      LoadReport report = closed(workload.connections(), piece);
      if (steadiness.add(report.good() / report.seconds())) {
        return;
      }
      left -= piece;
    }
    if (pace.warmSeconds() > 0) {
      figures.remark("still getting faster when it was measured");
    }
  }

  /// The rate of a closed loop.
  void closed() throws GeneratorException, InterruptedException {
    LoadReport report = closed(workload.connections(), pace.probeSeconds());
    figures.add(Metric.CLOSED_RATE, report.good() / report.seconds());
    if (report.cpuSeconds() > FULL_CORE * report.seconds()) {
      figures.remark("the load generator was at its limit: the closed-loop rate is a lower bound");
    }
  }

  /// The same with other numbers of connections.
  void closedLadder() throws GeneratorException, InterruptedException {
    List<Point> points = new ArrayList<>();
    for (int connections : pace.connections()) {
      LoadReport report = closed(connections, pace.probeSeconds());
      points.add(new Point(connections, report.good() / report.seconds()));
    }
    figures.add(new Curve(Curve.Kind.RATE_BY_CONNECTIONS, points));
  }

  /// The highest rate that meets the objective, and the latencies there.
  void capacity() throws GeneratorException, InterruptedException {
    double closed = figures.last(Metric.CLOSED_RATE).orElse(0.0);
    if (closed == 0) {
      LoadReport report = closed(workload.connections(), pace.probeSeconds());
      closed = report.good() / report.seconds();
    }
    double ceiling = Math.max(closed * 1.5, 1 / pace.probeSeconds());
    double guess = figures.last(Metric.CAPACITY).filter(rate -> rate > 0).orElse(closed * 0.8);
    List<Point> tried = new ArrayList<>();
    LoadReport[] best = new LoadReport[1];
    double found =
        CapacitySearch.<GeneratorException>search(
            Math.max(guess, 1),
            ceiling,
            rate -> {
              LoadReport report = run(plans.probe(rate), _ -> {});
              boolean meets = meets(report);
              tried.add(new Point(rate, report.allLatencies().millis(99)));
              if (meets) {
                best[0] = report;
              }
              return meets;
            });
    figures.add(Metric.CAPACITY, found);
    tried.sort(Comparator.comparingDouble(Point::x));
    figures.add(new Curve(Curve.Kind.LATENCY_BY_RATE, tried));
    LoadReport at = best[0];
    if (at == null) {
      figures.remark("meets the objective at no rate that was tried");
    } else {
      Histogram all = at.allLatencies().histogram();
      figures.add(Metric.CAPACITY_P50, percentile(all, 50));
      figures.add(Metric.CAPACITY_P99, percentile(all, 99));
    }
  }

  /// Latencies and cost at this rate.
  void common(double rate) throws GeneratorException, InterruptedException, IOException {
    Optional<Usage> before = subject.usage();
    var meanwhile = new Meanwhile(false);
    LoadReport report = run(plans.steady(rate), meanwhile);
    Optional<Usage> after = subject.usage();
    Histogram all = report.allLatencies().histogram();
    figures.add(Metric.COMMON_P50, percentile(all, 50));
    figures.add(Metric.COMMON_P99, percentile(all, 99));
    figures.add(Metric.COMMON_P999, percentile(all, 99.9));
    figures.add(curve(all));
    Latencies light = report.latencies().get("light");
    if (light != null && light.count() > 0) {
      figures.add(Metric.LIGHT_P99, light.millis(99));
    }
    double failed = report.due() == 0 ? 0 : 1 - (double) report.good() / report.due();
    figures.add(Metric.FAILED, failed);
    if (failed > TOO_MANY_FAILED) {
      figures.remark(failures(rate, report));
    }
    long answered = Math.max(1, report.good());
    if (before.isPresent() && after.isPresent()) {
      double ticks = after.get().ticks() - before.get().ticks();
      figures.add(Metric.CPU, ticks * tickSeconds * MICROS / answered);
      double switches = after.get().switchesSince(before.get());
      figures.add(Metric.SWITCHES, switches / answered);
    }
    Usage seen = meanwhile.most;
    if (seen != null) {
      figures.add(Metric.RESIDENT, seen.memoryBytes() / MIB);
      figures.add(Metric.THREADS, seen.threads());
      figures.add(Metric.PROCESSES, seen.processes());
    }
    subject.heap().ifPresent(bytes -> figures.add(Metric.HEAP, bytes / MIB));
  }

  /// Half of the capacity, then three times as much as it, then half again.
  void overload() throws GeneratorException, InterruptedException {
    double capacity = figures.last(Metric.CAPACITY).orElse(0.0);
    if (capacity <= 0) {
      return;
    }
    double calm = pace.overloadSeconds() / 2;
    double to = calm + pace.overloadSeconds();
    var surge = new LoadPlan.Surge(calm, pace.overloadSeconds(), THREEFOLD / CALM);
    LoadReport report =
        run(plans.surging(capacity * CALM, surge, to + pace.overloadSeconds()), _ -> {});
    Overload seen = Overload.of(report.slices(), calm, to, goal.millis());
    figures.add(Metric.OVERLOAD_GOODPUT, seen.goodput() / capacity);
    figures.add(Metric.RECOVERY, seen.recovery());
    seen.curves().forEach(figures::add);
  }

  /// More and more connections that only stay open, beside some that ask.
  ///
  /// @param rungs how many
  void idleLadder(List<Integer> rungs)
      throws GeneratorException, InterruptedException, IOException {
    List<Point> points = new ArrayList<>();
    double none = 0;
    int clients = 0;
    double slope = 0;
    for (int rung = -1; rung < rungs.size(); rung++) {
      int idle = rung < 0 ? 0 : rungs.get(rung);
      var meanwhile = new Meanwhile(true);
      LoadPlan plan = plans.idle(idle, Math.max(1, workload.commonRate()));
      LoadReport report = load.run(plan, meanwhile);
      Usage seen = meanwhile.most;
      if (seen == null) {
        return;
      }
      double memory = seen.memoryBytes() + meanwhile.heap;
      points.add(new Point(idle, memory / MIB));
      if (rung < 0) {
        none = memory;
        continue;
      }
      int held = Math.max(0, report.connected() - report.idleLost());
      clients = Math.max(clients, held);
      if (report.idleLost() > idle / 50) {
        figures.remark(
            String.format(
                Locale.ROOT,
                "of %,d idle connections %,d were not answered, or not kept",
                idle,
                report.idleLost()));
        break;
      }
      slope = (memory - none) / idle;
    }
    figures.add(Metric.CLIENTS, clients);
    if (slope > 0) {
      figures.add(Metric.CONNECTION_MEMORY, slope / KIB);
    }
    figures.add(new Curve(Curve.Kind.MEMORY_BY_CONNECTIONS, points));
  }

  /// Looks at the server while it is under load.
  private final class Meanwhile implements Consumer<Progress> {
    private final boolean collects;
    @Nullable Usage most;
    double heap;

    /// @param collects whether the heap is asked for too: a collection, which latencies would show
    Meanwhile(boolean collects) {
      this.collects = collects;
    }

    @Override
    public void accept(Progress progress) {
      if (progress.phase() != Progress.Phase.COUNTING) {
        return;
      }
      try {
        if (collects) {
          heap = subject.heap().orElse(0);
        }
        Optional<Usage> now = subject.usage();
        if (now.isPresent() && (most == null || now.get().memoryBytes() >= most.memoryBytes())) {
          most = now.get();
        }
      } catch (IOException gone) {
        // It has ended, which the load will tell.
      }
    }
  }

  private LoadReport closed(int connections, double seconds)
      throws GeneratorException, InterruptedException {
    return run(plans.closed(connections, seconds), _ -> {});
  }

  /// A load, and after it, where clients gave up, some time for the server to find out: what it
  /// still does for them is no part of the next measurement.
  private LoadReport run(LoadPlan plan, Consumer<Progress> progress)
      throws GeneratorException, InterruptedException {
    LoadReport report = load.run(plan, progress);
    if (report.good() < report.due() && workload.wire() != LoadPlan.Wire.DATAGRAM) {
      LoadReport _ = load.run(plans.calm(), _ -> {});
    }
    return report;
  }

  private boolean meets(LoadReport report) {
    return report.due() > 0 && report.within(goal.millis()) >= goal.share() * report.due();
  }

  private static double percentile(Histogram histogram, double percent) {
    return histogram.getValueAtPercentile(percent) / 1_000.0;
  }

  private static Curve curve(Histogram histogram) {
    List<Point> points = new ArrayList<>();
    if (histogram.getTotalCount() > 0) {
      double most = 1 - 1.0 / histogram.getTotalCount();
      for (double share :
          new double[] {0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999}) {
        if (share <= most) {
          points.add(new Point(share, percentile(histogram, share * 100)));
        }
      }
    }
    return new Curve(Curve.Kind.PERCENTILES, points);
  }

  private static String failures(double rate, LoadReport report) {
    StringBuilder text = new StringBuilder();
    report.failures().entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(3)
        .forEach(
            each ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append(each.getKey())
                    .append(
                        String.format(
                            Locale.ROOT, " %.0f%%", 100.0 * each.getValue() / report.due())));
    return String.format(
        Locale.ROOT, "cannot keep up with %,.0f requests a second: %s", rate, text);
  }
}
