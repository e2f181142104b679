package usher.lab.experiment;

import org.jspecify.annotations.Nullable;
import usher.lab.load.LoadPlan;
import usher.lab.load.LoadPlan.Wire;
import usher.server.Model;

/// How many connections a model is given at once, and how.
///
/// Kept connections are of no use to a model that serves one client from accept to close: whoever
/// has been accepted and says nothing holds up all others. And each connection of
/// `process-per-connection` is a process: some hundreds of them would measure the machine, and
/// whoever is measured next. Where connections are kept, its processes are there before the first
/// request is due; what their start costs shows where there is a connection for each request.
///
/// Pure.
///
/// @param most connections at once
/// @param slow whether it takes long until a new one is served
record Seats(int most, boolean slow) {
  private static final int PROCESSES = 2;

  /// As many as there are.
  static final Seats ALL = new Seats(Integer.MAX_VALUE, false);

  /// @param model null for a server of others
  static Seats of(@Nullable Model model, Wire wire) {
    return switch (model) {
      case Model.Iterative _ when LoadPlan.isKept(wire) -> new Seats(1, false);
      case Model.ProcessPerConnection _ -> new Seats(PROCESSES, LoadPlan.isKept(wire));
      case null, default -> ALL;
    };
  }

  /// Whether there are enough for a ladder of connections.
  boolean climbs() {
    return most > PROCESSES;
  }

  /// With how many to begin: who is given few is given all of them.
  int first() {
    return climbs() ? 1 : most;
  }
}
