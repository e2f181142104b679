package usher.lab.experiment;

import java.util.List;
import java.util.OptionalInt;
import usher.lab.load.LoadProcess;

/// Which cores the servers have and which the load: apart, where there are two or more.
///
/// @param all how many there are
/// @param pinning whether processes can be bound to them
public record Cores(int all, boolean pinning) {
  /// Those of this machine.
  public static Cores here() {
    return new Cores(Runtime.getRuntime().availableProcessors(), LoadProcess.canPin());
  }

  private boolean apart() {
    return pinning && all > 1;
  }

  /// The words before the command of a server.
  public List<String> server() {
    return apart() ? List.of("taskset", "-c", "0" + (all > 2 ? "-" + (all - 2) : "")) : List.of();
  }

  /// The core of the load, if it has one of its own: the last.
  public OptionalInt load() {
    return apart() ? OptionalInt.of(all - 1) : OptionalInt.empty();
  }

  @Override
  public String toString() {
    if (!apart()) {
      return "servers and load share " + all + (all == 1 ? " core" : " cores");
    }
    String servers = all == 2 ? "core 0" : "cores 0 to " + (all - 2);
    return "servers on " + servers + ", the load on core " + (all - 1);
  }
}
