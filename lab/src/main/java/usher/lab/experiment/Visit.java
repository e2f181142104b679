package usher.lab.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
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
import usher.lab.subject.SubjectException;
import usher.lab.workload.Workload;

/// One server under one workload, once: each method is one measurement.
///
/// For one thread.
final class Visit {
  private static final double MOST_SECONDS = 1;
  private static final double ANSWERS = 2;
  private static final int PROBES = 10;

  /// How much faster a server may still become that was getting faster when it was last asked.
  private static final double WARMER = 1.5;

  private static final long LOOK_MILLIS = 50;
  private static final int MOST_LOOKS = 60;
  private static final double QUIET = 0.2;
  private static final double TOO_MANY_FAILED = 0.01;
  private static final double LOST = 0.5;
  private static final double FULL_CORE = 0.9;
  private static final double CALM = 0.5;
  private static final double THREEFOLD = 3;
  private static final double NANOS = 1e9;
  private static final double MIB = 1 << 20;
  private static final double MILLIS = 1_000;
  private static final double KIB = 1 << 10;

  /// Who starts another server in place of one that is worn out.
  @FunctionalInterface
  interface Relief {
    Subject anew() throws SubjectException, IOException;
  }

  private final LoadProcess load;
  private final Relief relief;
  private final Objective goal;
  private final Pace pace;
  private final Seats seats;
  private final long seed;
  private final Figures figures;
  private final List<Turn> turns = new ArrayList<>();
  private Subject subject;
  private Workload workload;
  private Plans plans;

  // What it serves where all connections are busy. A short load above that would only fill a queue.
  private double ceiling;

  Visit(
      LoadProcess load,
      Subject subject,
      Relief relief,
      Workload workload,
      Pace pace,
      Seats seats,
      long seed,
      Figures figures) {
    this.load = load;
    this.subject = subject;
    this.relief = relief;
    this.goal = workload.goal();
    this.pace = pace;
    this.seats = seats;
    this.seed = seed;
    this.figures = figures;
    this.workload = workload.atMost(seats.most());
    this.plans = plans();
  }

  private Plans plans() {
    return new Plans(subject.address(), seats.slow(), workload, pace, seed);
  }

  /// Closed loops: over more and more connections, as long as they are of use, and then until they
  /// no longer make the server faster. The rate of the last ones is the closed-loop rate.
  void warm() throws GeneratorException, InterruptedException, SubjectException, IOException {
    if (seats.slow()) {
      run(plans.greeting(workload.connections()));
      settle();
    }
    long began = System.nanoTime();
    double piece = pace.probeSeconds();
    var approach = new Approach(seats.first(), workload.connections());
    OptionalInt next = OptionalInt.of(approach.connections());
    double seconds = piece;
    double rate = 0;
    while (next.isPresent()) {
      rate = served(closed(next.getAsInt(), seconds));
      seconds =
          rate == 0 ? piece : Math.clamp(ANSWERS * next.getAsInt() / rate, piece, MOST_SECONDS);
      next = approach.next(rate);
    }
    int connections = approach.connections();
    if (connections < workload.connections()) {
      figures.remark("had %,d connections: more would only have waited".formatted(connections));
      workload = workload.atMost(connections);
      plans = plans();
    }
    var steadiness = new Steadiness();
    if (approach.enough()) {
      steadiness.add(rate);
      steady(steadiness, began, () -> served(closed(connections, piece)));
      ceiling = steadiness.last().getLast();
    } else {
      double longer = seconds;
      steady(steadiness, System.nanoTime(), () -> rate(closed(connections, longer), connections));
      ceiling = steadiness.last().getLast() * (steadiness.rising() ? WARMER : 1);
    }
  }

  /// A load that says a rate.
  @FunctionalInterface
  private interface Rated {
    double rate() throws GeneratorException, InterruptedException, SubjectException, IOException;
  }

  private void steady(Steadiness steadiness, long began, Rated load)
      throws GeneratorException, InterruptedException, SubjectException, IOException {
    boolean steady = false;
    double took = (System.nanoTime() - began) / NANOS;
    while (steadiness.last().isEmpty()
        || took < pace.warmSeconds() / 2
        || (!steady && took < pace.warmSeconds())) {
      steady = steadiness.add(load.rate());
      took = (System.nanoTime() - began) / NANOS;
    }
    if (!steady && steadiness.rising()) {
      figures.remark("still getting faster when it was measured");
    }
    List<Double> last = steadiness.last();
    figures.add(Metric.CLOSED_RATE, last.get(last.size() / 2), last.getFirst(), last.getLast());
  }

  /// Of a closed loop, also of one so short that many answers came after its end: each connection
  /// is under way all the time.
  private static double rate(LoadReport report, int connections) {
    double mean = report.allLatencies().meanMillis() / MILLIS;
    double counted = report.good() / report.seconds();
    return mean > 0 ? Math.min(counted, connections / mean) : counted;
  }

  /// Of one after whose end some were still in line: who stands in it is no sign of speed.
  private static double served(LoadReport report) {
    return report.good() / Math.max(report.seconds(), report.lastSeconds());
  }

  /// The same with other numbers of connections.
  void closedLadder()
      throws GeneratorException, InterruptedException, SubjectException, IOException {
    List<Point> points = new ArrayList<>();
    for (int connections : pace.connections()) {
      LoadReport report = closed(connections, pace.probeSeconds());
      points.add(new Point(connections, rate(report, connections)));
    }
    figures.add(new Curve(Curve.Kind.RATE_BY_CONNECTIONS, points));
  }

  /// The highest rate that meets the objective, and the latencies there.
  void capacity() throws GeneratorException, InterruptedException, SubjectException, IOException {
    double closed = figures.last(Metric.CLOSED_RATE).orElse(0.0);
    double guess = figures.last(Metric.CAPACITY).filter(rate -> rate > 0).orElse(closed * 0.8);
    List<Point> tried = new ArrayList<>();
    double[] failed = {Double.POSITIVE_INFINITY};
    LoadReport[] best = new LoadReport[1];
    double found =
        CapacitySearch.search(
            guess,
            plans.leastRate(),
            Math.max(ceiling, plans.leastRate()),
            PROBES,
            rate -> {
              LoadReport report = run(plans.probe(rate));
              boolean meets = meets(report);
              tried.add(new Point(rate, report.allLatencies().millis(99)));
              if (meets) {
                best[0] = report;
              } else {
                failed[0] = Math.min(failed[0], rate);
              }
              return meets;
            });
    boolean between = found > 0 && failed[0] > found && failed[0] < Double.POSITIVE_INFINITY;
    figures.add(Metric.CAPACITY, found, found, between ? failed[0] : found);
    tried.sort(Comparator.comparingDouble(Point::x));
    figures.add(new Curve(Curve.Kind.LATENCY_BY_RATE, tried));
    LoadReport at = best[0];
    if (at == null) {
      figures.remark("meets the objective at no rate that was tried");
    } else {
      Latencies all = at.allLatencies();
      figures.add(Metric.CAPACITY_P50, all.millis(50));
      figures.add(Metric.CAPACITY_P99, all.millis(99));
    }
  }

  /// One turn at the rate that is the same for all.
  ///
  /// @return whether another one tells more
  boolean common(double rate)
      throws GeneratorException, InterruptedException, SubjectException, IOException {
    Optional<Usage> before = subject.usage();
    var meanwhile = new Meanwhile(false);
    LoadReport report = load.run(plans.steady(rate), meanwhile);
    turns.add(new Turn(report, before, subject.usage(), Optional.ofNullable(meanwhile.most)));
    recover(report);
    return failed(report) < LOST;
  }

  /// What all turns together say.
  ///
  /// @param rate of them
  void commonFigures(double rate) throws IOException {
    Turns all = new Turns(turns);
    all.latencies(figures);
    double failed = all.failed();
    figures.add(Metric.FAILED, failed);
    if (failed > TOO_MANY_FAILED) {
      figures.remark(all.failures(rate));
    }
    all.costs(figures);
    turns.clear();
    subject.heap().ifPresent(bytes -> figures.add(Metric.HEAP, bytes / MIB));
  }

  /// Half of the capacity, then three times as much as it, then half again.
  void overload() throws GeneratorException, InterruptedException, SubjectException, IOException {
    double capacity = figures.last(Metric.CAPACITY).orElse(0.0);
    if (capacity <= 0) {
      return;
    }
    double calm = pace.overloadSeconds() / 2;
    double to = calm + pace.overloadSeconds();
    var surge = new LoadPlan.Surge(calm, pace.overloadSeconds(), THREEFOLD / CALM);
    LoadReport report = run(plans.surging(capacity * CALM, surge, to + pace.overloadSeconds()));
    Overload seen = Overload.of(report.slices(), calm, to, goal.millis());
    figures.add(Metric.OVERLOAD_GOODPUT, seen.goodput() / capacity);
    figures.add(Metric.RECOVERY, seen.recovery());
    seen.curves().forEach(figures::add);
  }

  /// More and more connections that only stay open, beside some that ask.
  ///
  /// @param rungs how many
  void idleLadder(List<Integer> rungs)
      throws GeneratorException, InterruptedException, SubjectException, IOException {
    List<Point> points = new ArrayList<>();
    double none = 0;
    int clients = 0;
    double slope = Double.NaN;
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
    if (!Double.isNaN(slope)) {
      figures.add(Metric.CONNECTION_MEMORY, Math.max(0, slope / KIB));
    }
    if (slope <= 0) {
      figures.remark("idle connections took no more memory than it varies by");
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
      // Where latencies are counted, one look is enough: it stops the server for a moment.
      if (progress.phase() != Progress.Phase.COUNTING || (!collects && most != null)) {
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
      throws GeneratorException, InterruptedException, SubjectException, IOException {
    LoadReport report = run(plans.closed(connections, seconds));
    if (report.cpuSeconds() > FULL_CORE * report.seconds()) {
      figures.remark("the load generator was at its limit: the closed-loop rate is a lower bound");
    }
    return report;
  }

  /// A load, and what has to be done after it.
  private LoadReport run(LoadPlan plan)
      throws GeneratorException, InterruptedException, SubjectException, IOException {
    LoadReport report = load.run(plan, _ -> {});
    recover(report);
    return report;
  }

  /// Where clients gave up, gives the server some time to find out: what it still does for them is
  /// no part of the next measurement. One that is not done with it soon is replaced, as it would
  /// disturb all others as well: a process for each of some hundred datagrams that nobody waits for
  /// takes a minute.
  private void recover(LoadReport report)
      throws GeneratorException, InterruptedException, SubjectException, IOException {
    if (report.good() < report.due() && load.run(plans.calm(), _ -> {}).good() == 0) {
      figures.remark("was started anew: it was busy for long with what clients had given up");
      subject = relief.anew();
      plans = plans();
    }
  }

  /// Waits until the server does nothing any more, such as start a spare process, but not for long.
  private void settle() throws InterruptedException, IOException {
    Optional<Usage> before = subject.usage();
    for (int looks = 0; looks < MOST_LOOKS && before.isPresent(); looks++) {
      Thread.sleep(LOOK_MILLIS);
      Optional<Usage> now = subject.usage();
      double busy = (now.orElseThrow().cpuNanos() - before.get().cpuNanos()) / NANOS;
      if (busy <= QUIET * LOOK_MILLIS / MILLIS) {
        return;
      }
      before = now;
    }
  }

  private boolean meets(LoadReport report) {
    return report.due() > 0 && report.within(goal.millis()) >= goal.share() * report.due();
  }

  private static double failed(LoadReport report) {
    return report.due() == 0 ? 0 : 1 - (double) report.good() / report.due();
  }
}
