package usher.bench.side;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import usher.bench.contender.Contender;
import usher.bench.contender.Family;
import usher.bench.workload.Workload;
import usher.bench.workload.Workloads;

/// Which servers go through which workloads.
///
/// @param all every server of this machine, baselines included
/// @param legs the workloads with those that take part
record Selection(List<Contender> all, List<Rounds.Leg> legs) {
  private static final String NONE = "none";

  private static final List<String> QUICK_MODELS = List.of("event-loop", "virtual-threads");
  private static final List<String> QUICK_PEERS = List.of("nginx");
  private static final List<String> QUICK_WORKLOADS =
      List.of(
          Workloads.KEEP_ALIVE,
          Workloads.PIPELINED,
          Workloads.FILE_10K,
          Workloads.IDLE_MEMORY,
          Workloads.START_UP);

  /// Everything but what is narrowed down; null takes all.
  ///
  /// @throws IllegalArgumentException for a name that there is not
  static Selection of(
      List<Contender> all,
      List<Workload> everything,
      @Nullable List<String> models,
      @Nullable List<String> peers,
      @Nullable List<String> workloads) {
    List<String> modelNames = names(all, List.of(Family.USHER));
    List<String> peerNames = names(all, List.of(Family.NGINX, Family.PEER));
    List<String> workloadNames = everything.stream().map(Workload::name).toList();
    Set<String> servers = new HashSet<>(chosen("model", modelNames, models));
    servers.addAll(chosen("peer", peerNames, peers));
    servers.addAll(names(all, List.of(Family.LIMIT)));
    List<String> wanted = chosen("workload", workloadNames, workloads);
    List<Rounds.Leg> legs =
        everything.stream()
            .filter(workload -> wanted.contains(workload.name()))
            .map(
                workload ->
                    new Rounds.Leg(
                        workload,
                        all.stream()
                            .filter(contender -> servers.contains(contender.name()))
                            .filter(workload.field()::includes)
                            .toList()))
            .filter(leg -> !leg.contenders().isEmpty())
            .toList();
    if (legs.isEmpty()) {
      throw new IllegalArgumentException("nothing to measure: no server takes part in that");
    }
    return new Selection(List.copyOf(all), legs);
  }

  /// The few that the short form takes where nothing is said; nginx only if it is installed.
  static Selection quick(
      List<Contender> all,
      List<Workload> everything,
      @Nullable List<String> models,
      @Nullable List<String> peers,
      @Nullable List<String> workloads) {
    List<String> installed = names(all, List.of(Family.NGINX, Family.PEER));
    List<String> few = QUICK_PEERS.stream().filter(installed::contains).toList();
    return of(
        all,
        everything,
        models == null ? QUICK_MODELS : models,
        peers == null ? few : peers,
        workloads == null ? QUICK_WORKLOADS : workloads);
  }

  /// The workloads that are run.
  List<Workload> workloads() {
    return legs.stream().map(Rounds.Leg::workload).toList();
  }

  /// How many samples that many rounds take, baselines not counted.
  int samples(int repeats) {
    return repeats * legs.stream().mapToInt(leg -> leg.contenders().size()).sum();
  }

  /// Prints each workload with its servers.
  void print(PrintStream out) {
    for (Rounds.Leg leg : legs) {
      List<String> servers = leg.contenders().stream().map(Contender::name).toList();
      out.printf("%-12s %s%n", leg.workload().name(), String.join(" ", servers));
    }
  }

  private static List<String> names(List<Contender> all, List<Family> families) {
    return all.stream()
        .filter(contender -> families.contains(contender.family()))
        .map(Contender::name)
        .toList();
  }

  private static List<String> chosen(
      String kind, List<String> known, @Nullable List<String> wanted) {
    if (wanted == null) {
      return known;
    }
    if (wanted.equals(List.of(NONE))) {
      return List.of();
    }
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "no %s is called '%s'; there are: %s".formatted(kind, name, String.join(", ", known)));
      }
    }
    return wanted;
  }
}
