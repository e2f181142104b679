package usher.lab.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import usher.lab.load.LoadPlan;
import usher.lab.load.LoadPlan.Arrivals;
import usher.lab.result.Objective;
import usher.lab.workload.Workload;

/// The loads that one server is given under one workload.
///
/// Pure.
///
/// @param address of the server
/// @param slow whether a new connection may take long, as it is a process
/// @param workload that says what is asked for
/// @param pace that says how long
/// @param seed of all that is random
record Plans(String address, boolean slow, Workload workload, Pace pace, long seed) {
  /// Requests that a percentile is made of.
  private static final double ENOUGH = 60;

  /// Requests of the rarest kind.
  private static final double SOME = 4;

  /// A load that is shorter than so many times the objective may have filled a queue and no more.
  private static final double OBJECTIVES = 2;

  private static final double A_FEW = 3;
  private static final double RARE_SECONDS = 1;
  private static final double MOST_STRETCH = 5;
  private static final double LEAST_PATIENCE = 0.2;
  private static final double MILLIS = 1_000;
  private static final double MOMENT = 0.02;
  private static final double CALM_SECONDS = 1.5;
  private static final double GREETING_SECONDS = 10;
  private static final double IDLE_SECONDS = 0.25;
  private static final int IDLE_ACTIVE = 8;

  /// A closed loop, whose clients are as patient as they are.
  LoadPlan closed(int connections, double seconds) {
    return plan(Arrivals.CLOSED, 0, connections, 0, null, null, seconds, workload.patience());
  }

  /// Opens that many connections, and hardly more.
  LoadPlan greeting(int connections) {
    return plan(Arrivals.CLOSED, 0, connections, 0, null, null, MOMENT, GREETING_SECONDS);
  }

  /// A rate that is tried, until it is clear that it does not go well. Nobody waits much longer
  /// than for the objective, since whoever does has missed it.
  LoadPlan probe(double rate) {
    Objective goal = workload.goal();
    double seconds = Math.max(seconds(rate), OBJECTIVES * goal.millis() / MILLIS);
    long misses = (long) ((1 - goal.share()) * rate * seconds);
    return open(rate, null, new LoadPlan.Bound(goal.millis(), misses), seconds, shortPatience());
  }

  /// One turn at a rate at which clients are as patient as they are.
  LoadPlan steady(double rate) {
    double seconds = Math.max(pace.probeSeconds(), seconds(rate) / pace.turns());
    return open(rate, null, null, seconds, workload.patience());
  }

  /// A rate that rises for a while.
  LoadPlan surging(double rate, LoadPlan.Surge surge, double seconds) {
    return open(rate, surge, null, seconds, shortPatience());
  }

  /// Some that ask beside many that do not.
  LoadPlan idle(int idle, double rate) {
    return plan(
        Arrivals.EVEN,
        rate,
        Math.min(workload.connections(), IDLE_ACTIVE),
        idle,
        null,
        null,
        Math.max(IDLE_SECONDS, pace.probeSeconds()),
        slow ? GREETING_SECONDS : workload.patience());
  }

  /// One request, which is answered when all before it are, if they are soon.
  LoadPlan calm() {
    return plan(Arrivals.CLOSED, 0, 1, 0, null, null, MOMENT, CALM_SECONDS);
  }

  /// The rate of a few requests in the longest of loads that are tried.
  double leastRate() {
    return A_FEW / (pace.probeSeconds() * MOST_STRETCH);
  }

  /// Long enough for a few dozen requests, and for some of the rarest kind.
  private double seconds(double rate) {
    List<LoadPlan.Shape> shapes = workload.loadShapes();
    double all = shapes.stream().mapToDouble(LoadPlan.Shape::weight).sum();
    double rarest = shapes.stream().mapToDouble(LoadPlan.Shape::weight).min().orElse(all) / all;
    double least = pace.probeSeconds();
    double most = least * MOST_STRETCH;
    double some = rarest < 1 ? Math.min(SOME / rarest / rate, Math.max(most, RARE_SECONDS)) : 0;
    return Math.max(some, Math.clamp(ENOUGH / rate, least, most));
  }

  private double shortPatience() {
    double twice = 2 * workload.goal().millis() / MILLIS;
    return Math.min(workload.patience(), Math.max(LEAST_PATIENCE, twice));
  }

  private LoadPlan open(
      double rate,
      LoadPlan.@Nullable Surge surge,
      LoadPlan.@Nullable Bound bound,
      double seconds,
      double patience) {
    return plan(Arrivals.POISSON, rate, workload.connections(), 0, surge, bound, seconds, patience);
  }

  private LoadPlan plan(
      Arrivals arrivals,
      double rate,
      int connections,
      int idle,
      LoadPlan.@Nullable Surge surge,
      LoadPlan.@Nullable Bound bound,
      double seconds,
      double patience) {
    return new LoadPlan(
        address,
        workload.wire(),
        workload.loadShapes(),
        arrivals,
        rate,
        connections,
        idle > 0 ? 1 : workload.pipeline(),
        idle,
        LoadPlan.isKept(workload.wire()),
        surge,
        bound,
        0,
        seconds,
        patience,
        seed);
  }
}
