package usher.lab.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import usher.http.HttpHandler;
import usher.lab.experiment.Cores;
import usher.lab.load.GeneratorException;
import usher.lab.load.LoadPlan;
import usher.lab.load.LoadPlan.Arrivals;
import usher.lab.load.LoadProcess;
import usher.lab.load.LoadReport;
import usher.lab.result.Objective;
import usher.lab.subject.ServerProcess;
import usher.lab.subject.SubjectException;
import usher.lab.subject.SubjectPlan;
import usher.lab.subject.Work;
import usher.lab.workload.Objectives;
import usher.server.Model;

/// Does a handler meet an objective at a rate, under a model? To be asked in a test:
///
/// ```
/// Outcome outcome =
///     Trial.of(Shop.class).model("virtual-threads").rate(2_000).objective("p99=20ms").run();
/// assertTrue(outcome.met(), outcome.toString());
/// ```
///
/// The handler is served by a process of its own and asked by another one, in an open loop: times
/// count from when each request was due. It has a public constructor without parameters, and is on
/// the class path of the test. A machine that does other things meanwhile gives other figures: keep
/// objectives generous, or run such tests apart.
///
/// Immutable; [#run] may be called by several threads, which then measure each other.
///
/// @param handler that is served
/// @param model under which
/// @param path that is asked for
/// @param rate requests a second
/// @param goal what is good enough
/// @param connections that are kept open
/// @param warm is not counted
/// @param length is counted
public record Trial(
    Class<? extends HttpHandler> handler,
    Model model,
    String path,
    double rate,
    Objective goal,
    int connections,
    Duration warm,
    Duration length) {
  private static final double PATIENCE_SECONDS = 10;
  private static final double NANOS = 1e9;

  /// A trial of this handler: 100 requests a second for `/` under `virtual-threads`, 99% within 50
  /// ms, over 64 connections, for three seconds after one.
  public static Trial of(Class<? extends HttpHandler> handler) {
    return new Trial(
        handler,
        new Model.VirtualThreads(),
        "/",
        100,
        Objectives.parse("p99=50ms"),
        64,
        Duration.ofSeconds(1),
        Duration.ofSeconds(3));
  }

  /// The same under another model, such as `event-loops(4)`.
  ///
  /// @throws IllegalArgumentException if there is none of this name
  public Trial model(String name) {
    Model other =
        Model.named(name)
            .orElseThrow(() -> new IllegalArgumentException("there is no model " + name));
    return new Trial(handler, other, path, rate, goal, connections, warm, length);
  }

  /// The same, asking for another target.
  public Trial path(String other) {
    return new Trial(handler, model, other, rate, goal, connections, warm, length);
  }

  /// The same at another rate.
  public Trial rate(double requestsPerSecond) {
    return new Trial(handler, model, path, requestsPerSecond, goal, connections, warm, length);
  }

  /// The same with another objective, such as `p99.9=1s`.
  ///
  /// @throws IllegalArgumentException if it is none
  public Trial objective(String text) {
    Objective other = Objectives.parse(text);
    return new Trial(handler, model, path, rate, other, connections, warm, length);
  }

  /// The same over another number of connections.
  public Trial connections(int other) {
    return new Trial(handler, model, path, rate, goal, other, warm, length);
  }

  /// The same for another time.
  ///
  /// @param notCounted first
  /// @param counted then
  public Trial lasting(Duration notCounted, Duration counted) {
    return new Trial(handler, model, path, rate, goal, connections, notCounted, counted);
  }

  /// Measures.
  ///
  /// @throws IOException if a process cannot be started, or ends: the message says what it said
  public Outcome run() throws IOException, InterruptedException {
    Cores cores = Cores.here();
    Path folder = Files.createTempDirectory("usher-trial-");
    String classPath = System.getProperty("java.class.path");
    var plan =
        new SubjectPlan(SubjectPlan.USUAL_OPTIONS, classPath, cores.server(), new Work(1), folder);
    try (ServerProcess server = plan.start(model, handler.getName());
        LoadProcess load = LoadProcess.start(classPath, cores.load())) {
      return Outcome.of(this, load.run(plan(server), _ -> {}));
    } catch (SubjectException | GeneratorException failed) {
      throw new IOException(failed.getMessage(), failed);
    } finally {
      Files.deleteIfExists(folder);
    }
  }

  private LoadPlan plan(ServerProcess server) {
    return new LoadPlan(
        server.address(),
        LoadPlan.Wire.HTTP,
        List.of(new LoadPlan.Shape("trial", 1, "GET", path, 0, 200, -1, 0, 0)),
        Arrivals.POISSON,
        rate,
        connections,
        1,
        0,
        false,
        null,
        null,
        warm.toNanos() / NANOS,
        length.toNanos() / NANOS,
        PATIENCE_SECONDS,
        1);
  }

  /// What a trial found.
  ///
  /// @param trial that was run
  /// @param due requests that were due
  /// @param good of these, those answered with `200`
  /// @param within of these, those answered within the objective's time
  /// @param millis in which the objective's share of the good ones was answered
  public record Outcome(Trial trial, long due, long good, long within, double millis) {
    static Outcome of(Trial trial, LoadReport report) {
      double millis = report.allLatencies().millis(trial.goal().share() * 100);
      return new Outcome(
          trial, report.due(), report.good(), report.within(trial.goal().millis()), millis);
    }

    /// Whether the objective was met: a request that was not answered, or not well, has missed it.
    public boolean met() {
      return due > 0 && within >= trial.goal().share() * due;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s at %,.0f requests a second under %s: of %,d requests %,d were answered well and %,d"
              + " within %s ms; %s of the good ones took up to %.2f ms; %s is %s",
          trial.handler().getSimpleName(),
          trial.rate(),
          SubjectPlan.nameOf(trial.model()),
          due,
          good,
          within,
          trial.goal().millis(),
          String.format(Locale.ROOT, "%.1f%%", trial.goal().share() * 100),
          millis,
          Objectives.text(trial.goal()),
          met() ? "met" : "missed");
    }
  }
}
