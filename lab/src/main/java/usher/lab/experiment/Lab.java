package usher.lab.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import usher.lab.load.GeneratorException;
import usher.lab.load.LoadPlan;
import usher.lab.load.LoadProcess;
import usher.lab.result.Cell;
import usher.lab.result.GeneratorNote;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;
import usher.lab.result.WorkloadNote;
import usher.lab.subject.ServerProcess;
import usher.lab.subject.Subject;
import usher.lab.subject.SubjectException;
import usher.lab.subject.SubjectPlan;
import usher.lab.subject.Work;
import usher.lab.workload.Measure;
import usher.lab.workload.Workload;
import usher.server.Model;

/// A run of the lab.
///
/// All servers of one kind of handler are started and stay, mostly asleep; the load goes from one
/// to the next. Repeats go over all of them, each time in another order: a bad spell of the machine
/// hits each once, and not all repeats of one.
///
/// ```
///   self-check ─► for each repeat: for each workload: capacities of all ─► the common rate ─► the rest of all ─► … ─► self-check
/// ```
///
/// For one thread, which waits; an interrupt ends the run with its processes.
public final class Lab implements AutoCloseable {
  private static final double NOISE = 0.12;
  private static final double BUSY = 0.5;
  private static final int FEW_IDLE = 4;
  private static final int FILE_BYTES = 1_000_000;

  private final LabRequest request;
  private final LabListener listener;
  private final String version;
  private final Cores cores = Cores.here();
  private final Path folder;
  private final SubjectPlan plan;
  private final Fleet fleet;
  private final LoadProcess load;
  private final Map<String, Figures> figures = new LinkedHashMap<>();
  private final Map<String, Double> rates = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private final int steps;
  private final Instant begun = Instant.now();
  private final long start = System.nanoTime();
  private SelfCheck check = new SelfCheck(0, 0, 0);
  private int done;

  /// Prepares a run; its processes end with [#close].
  ///
  /// @param version of usher, for the report
  public Lab(LabRequest request, LabListener listener, String version) throws LabException {
    this.request = request;
    this.listener = listener;
    this.version = version;
    this.steps =
        Math.max(1, request.pace().repeats() * request.workloads().size() * request.subjects());
    List<String> options = new ArrayList<>(SubjectPlan.USUAL_OPTIONS);
    options.addAll(request.options());
    try {
      folder = Files.createTempDirectory("usher-lab-");
      Files.write(folder.resolve("one-megabyte"), new byte[FILE_BYTES]);
      listener.step(0, "", "", "finds out how fast this machine computes");
      plan =
          new SubjectPlan(options, request.classPath(), cores.server(), Work.calibrated(), folder);
      fleet = new Fleet(request, plan, this::started);
      load = LoadProcess.start(System.getProperty("java.class.path"), cores.load());
    } catch (IOException thrown) {
      throw new LabException("the lab cannot be set up: " + thrown.getMessage(), thrown);
    }
  }

  /// Measures all of it.
  ///
  /// @throws LabException if a server or the load generator fails
  public LabResult run() throws LabException, InterruptedException {
    try {
      double busy = Surroundings.load();
      if (busy > BUSY) {
        remark(
            String.format(
                Locale.ROOT,
                "the machine was busy when the run began: a load of %.1f on %d cores",
                busy,
                cores.all()));
      }
      listener.step(0, "", "", "measures the load generator");
      check = SelfCheck.run(load, plan, request.pace().probeSeconds() * 2);
      for (int repeat = 0; repeat < request.pace().repeats(); repeat++) {
        for (Workload workload : request.workloads()) {
          round(workload, repeat);
        }
        if (repeat > 0) {
          starts();
        }
      }
      listener.step(1, "", "", "measures the load generator again");
      SelfCheck last = SelfCheck.run(load, plan, request.pace().probeSeconds() * 2);
      double change = Math.abs(check.highestRate() / last.highestRate() - 1);
      if (change > NOISE) {
        remark(
            String.format(
                Locale.ROOT,
                "the machine was not steady: the fixed answer had %,.0f requests a second at the"
                    + " beginning and %,.0f at the end",
                check.highestRate(),
                last.highestRate()));
      }
      return result((System.nanoTime() - start) / 1e9);
    } catch (IOException | GeneratorException | SubjectException thrown) {
      throw new LabException(String.valueOf(thrown.getMessage()), thrown);
    }
  }

  /// What was found before the run was interrupted, with a remark that it was.
  public LabResult unfinished() {
    remarks.add(
        String.format(Locale.ROOT, "the run was stopped after %.0f%% of it", 100.0 * done / steps));
    return result((System.nanoTime() - start) / 1e9);
  }

  private void remark(String text) {
    remarks.add(text);
    listener.warning(text);
  }

  /// One workload, all servers: first what says how much they can, then, at a rate that is the same
  /// for all, the rest.
  private void round(Workload workload, int repeat)
      throws SubjectException, IOException, GeneratorException, InterruptedException {
    List<String> order = new ArrayList<>(fleet.names());
    Collections.shuffle(order, new Random(request.seed() + repeat));
    Map<String, Visit> visits = new LinkedHashMap<>();
    for (String name : order) {
      if (workload.measures().contains(Measure.IDLE_LADDER)) {
        ladder(name, workload, repeat);
      }
      if (asksMore(workload)) {
        step(name, workload, "starts", 0);
        Visit visit = visit(name, workload, repeat);
        visits.put(name, visit);
        first(name, workload, visit);
      }
    }
    if (workload.measures().contains(Measure.COMMON)) {
      common(workload, visits);
    }
    if (workload.measures().contains(Measure.OVERLOAD)) {
      for (Map.Entry<String, Visit> each : visits.entrySet()) {
        step(each.getKey(), workload, "overload and recovery", 0.8);
        each.getValue().overload();
      }
    }
    done += order.size();
  }

  /// What says how much a server can.
  private void first(String name, Workload workload, Visit visit)
      throws GeneratorException, InterruptedException, SubjectException, IOException {
    step(name, workload, "warms up in a closed loop", 0);
    visit.warm();
    if (workload.measures().contains(Measure.CLOSED)) {
      told(name, workload, Metric.CLOSED_RATE);
    }
    if (workload.measures().contains(Measure.CLOSED_LADDER)
        && Seats.of(fleet.model(name), workload.wire()).climbs()) {
      step(name, workload, "closed loop, more and more connections", 0.1);
      visit.closedLadder();
    }
    if (workload.measures().contains(Measure.CAPACITY)) {
      step(name, workload, "highest rate within the objective", 0.2);
      visit.capacity();
      told(name, workload, Metric.CAPACITY);
    }
  }

  /// The common rate in turns, each over all servers: those that are compared are seen at nearly
  /// the same time.
  private void common(Workload workload, Map<String, Visit> visits)
      throws GeneratorException, InterruptedException, SubjectException, IOException {
    double rate = rates.computeIfAbsent(workload.name(), _ -> commonRate(workload));
    Map<String, Visit> left = new LinkedHashMap<>(visits);
    for (int turn = 0; turn < request.pace().turns(); turn++) {
      double part = 0.6 + 0.2 * turn / request.pace().turns();
      for (var each = left.entrySet().iterator(); each.hasNext(); ) {
        Map.Entry<String, Visit> next = each.next();
        step(next.getKey(), workload, "latencies at the common rate", part);
        if (!next.getValue().common(rate)) {
          each.remove();
        }
      }
    }
    for (Map.Entry<String, Visit> each : visits.entrySet()) {
      each.getValue().commonFigures(rate);
      told(each.getKey(), workload, Metric.COMMON_P99);
    }
  }

  /// Idle connections have servers of their own.
  private static boolean asksMore(Workload workload) {
    return workload.measures().stream().anyMatch(measure -> measure != Measure.IDLE_LADDER);
  }

  private Visit visit(String name, Workload workload, int repeat)
      throws SubjectException, IOException {
    Pace pace = fleet.runs(name, workload) ? request.pace().warm() : request.pace();
    Seats seats = Seats.of(fleet.model(name), workload.wire());
    Figures found = figures(name, workload);
    if (seats.most() < workload.connections()) {
      found.remark(
          seats.most() == 1
              ? "had one connection, as it serves one client at a time"
              : "had " + seats.most() + " connections, each of which is a process");
    }
    return new Visit(
        load,
        fleet.of(name, workload),
        () -> fleet.anew(name, workload),
        workload,
        pace.withConnections(
            pace.connections().stream()
                .map(each -> Math.min(each, seats.most()))
                .distinct()
                .toList()),
        seats,
        request.seed() + repeat,
        found);
  }

  /// The rate of which the workload says that all get it, or half of what the one in the middle
  /// can.
  private double commonRate(Workload workload) {
    if (request.rate().isPresent()) {
      return request.rate().getAsDouble();
    }
    if (workload.commonRate() > 0) {
      return workload.commonRate();
    }
    Metric of =
        workload.measures().contains(Measure.CAPACITY) ? Metric.CAPACITY : Metric.CLOSED_RATE;
    List<Double> all =
        fleet.names().stream()
            .map(name -> figures(name, workload).last(of).orElse(0.0))
            .filter(figure -> figure > 0)
            .sorted()
            .toList();
    return all.isEmpty() ? 1 : Math.max(1, all.get(all.size() / 2) / 2);
  }

  /// Memory is compared on a server of its own, whose heap does not grow.
  private void ladder(String name, Workload workload, int repeat)
      throws SubjectException, IOException, GeneratorException, InterruptedException {
    Model model = fleet.model(name);
    if (model == null) {
      return;
    }
    step(name, workload, "idle connections", 0);
    List<Integer> rungs = request.pace().idle();
    if (!Seats.of(model, workload.wire()).climbs()) {
      rungs = List.of(FEW_IDLE);
    }
    try (Subject server = plan.startTouched(model, request.handler(workload))) {
      new Visit(
              load,
              server,
              () -> server,
              workload,
              request.pace(),
              Seats.of(model, workload.wire()),
              request.seed() + repeat,
              figures(name, workload))
          .idleLadder(rungs);
    }
  }

  /// How long each model takes from nothing to its first answer, once more.
  private void starts()
      throws SubjectException, IOException, GeneratorException, InterruptedException {
    Workload workload = request.workloads().getFirst();
    for (String name : fleet.names()) {
      Model model = fleet.model(name);
      if (model == null || workload.wire() == LoadPlan.Wire.DATAGRAM) {
        continue;
      }
      listener.step((double) done / steps, name, workload.name(), "start");
      try (ServerProcess server = plan.start(model, request.handler(workload))) {
        double millis =
            FirstAnswer.millis(server, workload.loadShapes().getFirst(), workload.wire());
        started(name, request.handler(workload), millis);
      }
    }
  }

  private void started(String name, String handler, double millis) {
    Workload workload = request.workloads().getFirst();
    if (handler.equals(request.handler(workload))) {
      figures(name, workload).add(Metric.START, millis);
    }
  }

  private Figures figures(String name, Workload workload) {
    return figures.computeIfAbsent(workload.name() + " " + name, _ -> new Figures());
  }

  private void step(String subject, Workload workload, String what, double part) {
    listener.step(Math.min(1, (done + part) / steps), subject, workload.name(), what);
  }

  private void told(String name, Workload workload, Metric metric) {
    figures(name, workload)
        .last(metric)
        .ifPresent(figure -> listener.figure(name, workload.name(), metric, figure));
  }

  private LabResult result(double seconds) {
    List<WorkloadNote> notes = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    for (Workload workload : request.workloads()) {
      notes.add(
          new WorkloadNote(
              workload.name(),
              workload.description(),
              workload.goal(),
              workload.measures().contains(Measure.COMMON)
                  ? rates.getOrDefault(workload.name(), 0.0)
                  : 0,
              workload.parameters()));
      for (String name : fleet.names()) {
        cells.add(figures(name, workload).cell(name, workload.name()));
      }
    }
    return new LabResult(
        LabResult.FORMAT,
        begun,
        seconds,
        request.command(),
        request.seed(),
        request.pace().repeats(),
        Surroundings.machine(cores, plan.flags(), version),
        new GeneratorNote(
            check.highestRate(), check.cpuMicros(), check.lagMillis(), warnings(check)),
        notes,
        fleet.names(),
        cells,
        remarks);
  }

  private static List<String> warnings(SelfCheck check) {
    return check.lagMillis() > 1
        ? List.of(
            String.format(
                Locale.ROOT,
                "requests were sent up to %.1f ms late (p99.9): latencies are that much too long",
                check.lagMillis()))
        : List.of();
  }

  /// Ends all processes of the run.
  @Override
  public void close() {
    load.close();
    fleet.close();
    try {
      Files.deleteIfExists(folder.resolve("one-megabyte"));
      Files.deleteIfExists(folder);
    } catch (IOException left) {
      // A file in the folder for temporary files.
    }
  }
}
