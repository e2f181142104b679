package usher.lab.experiment;

import java.util.List;
import usher.lab.workload.Measure;
import usher.lab.workload.Workload;

/// How long it takes.
///
/// @param repeats of each measurement, in turns over all servers
/// @param turns of the load at the common rate within a repeat, each over all servers as well
/// @param probeSeconds of one load
/// @param warmSeconds after which a server that is still getting faster is taken as it is; before
///   the half of them none is: what is interpreted is steady, too
/// @param overloadSeconds of an overload; the calm after it is as long
/// @param connections of the ladder of closed loops
/// @param idle of the ladder of idle connections, from the first rung above none
public record Pace(
    int repeats,
    int turns,
    double probeSeconds,
    double warmSeconds,
    double overloadSeconds,
    List<Integer> connections,
    List<Integer> idle) {
  /// For a look.
  public static final Pace QUICK = new Pace(1, 1, 0.1, 1.2, 0.3, List.of(1, 64), List.of(300));

  /// The usual one.
  public static final Pace USUAL = new Pace(1, 3, 0.1, 3, 0.3, List.of(1, 10, 100), List.of(500));

  /// For a report that is to be kept.
  public static final Pace FULL =
      new Pace(3, 2, 0.1, 3, 0.4, List.of(1, 10, 100, 1_000), List.of(100, 1_000, 10_000));

  private static final double OVERHEAD = 0.25;
  private static final double PROBES = 6;
  private static final double AGAIN = 2.5;
  private static final double SELF_CHECKS = 6;

  public Pace {
    connections = List.copyOf(connections);
    idle = List.copyOf(idle);
    if (repeats < 1
        || turns < 1
        || !(probeSeconds >= 0.1)
        || !(warmSeconds >= 0)
        || !(overloadSeconds >= 0.2)) {
      throw new IllegalArgumentException("no pace: " + repeats + " times " + probeSeconds + " s");
    }
  }

  /// The same with loads so long that all of it takes about this time, if that can be.
  ///
  /// @param subjects how many servers
  public Pace lasting(double seconds, List<Workload> workloads, int subjects) {
    double each = 0;
    double fixed = 0;
    for (Workload workload : workloads) {
      fixed += OVERHEAD * workload.measures().size();
      for (Measure measure : workload.measures()) {
        each +=
            switch (measure) {
              case CLOSED -> probeSeconds;
              case CLOSED_LADDER -> probeSeconds * connections.size();
              case CAPACITY -> probeSeconds * PROBES;
              case COMMON -> probeSeconds * turns;
              case OVERLOAD -> overloadSeconds * 2;
              case IDLE_LADDER -> 0;
            };
        fixed += measure == Measure.IDLE_LADDER ? 1 + idle.size() : 0;
      }
    }
    double all = subjects * repeats;
    return scaled(Math.max(0.3, (seconds - all * fixed) / (all * each + SELF_CHECKS)));
  }

  /// The same with loads that last so many times as long.
  public Pace scaled(double factor) {
    return new Pace(
        repeats,
        turns,
        Math.max(0.1, probeSeconds * factor),
        warmSeconds * Math.max(1, factor),
        Math.max(0.3, overloadSeconds * factor),
        connections,
        idle);
  }

  /// The same for servers that have been warmed up before.
  public Pace warm() {
    return new Pace(
        repeats,
        turns,
        probeSeconds,
        Math.min(warmSeconds, probeSeconds * AGAIN),
        overloadSeconds,
        connections,
        idle);
  }

  /// The same with other numbers of connections.
  public Pace withConnections(List<Integer> other) {
    return new Pace(repeats, turns, probeSeconds, warmSeconds, overloadSeconds, other, idle);
  }
}
