package usher.lab.experiment;

import org.jspecify.annotations.Nullable;
import usher.lab.load.LoadPlan.Wire;
import usher.server.Model;

/// How many connections a model is given at once.
///
/// Kept connections are of no use to a model that serves one client from accept to close: whoever
/// has been accepted and says nothing holds up all others. And each connection of
/// `process-per-connection` is a process: some hundreds of them would measure the machine, and
/// whoever is measured next.
final class Seats {
  private static final int PROCESSES = 4;

  private Seats() {}

  /// @param model null for a server of others
  static int of(@Nullable Model model, Wire wire) {
    return switch (model) {
      case Model.Iterative _ when wire == Wire.HTTP || wire == Wire.LINE -> 1;
      case Model.ProcessPerConnection _ -> PROCESSES;
      case null, default -> Integer.MAX_VALUE;
    };
  }
}
