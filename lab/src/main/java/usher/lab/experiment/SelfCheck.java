package usher.lab.experiment;

import java.io.IOException;
import java.util.List;
import usher.lab.load.GeneratorException;
import usher.lab.load.LoadPlan;
import usher.lab.load.LoadPlan.Arrivals;
import usher.lab.load.LoadProcess;
import usher.lab.load.LoadReport;
import usher.lab.subject.ServerProcess;
import usher.lab.subject.SubjectException;
import usher.lab.subject.SubjectPlan;

/// The load generator's own limits, against a server that costs nothing; and whether the machine is
/// as fast at the end of a run as it was at its beginning.
///
/// @param highestRate of a closed loop
/// @param cpuMicros CPU time of the generator for a request, at the moderate rate
/// @param lagMillis how late it sent, at p99.9, at the moderate rate
record SelfCheck(double highestRate, double cpuMicros, double lagMillis) {
  /// Half a core must do for this, and no request be sent a millisecond late.
  private static final double MODERATE = 20_000;

  private static final double WARM = 0.7;
  private static final int CONNECTIONS = 64;

  static SelfCheck run(LoadProcess load, SubjectPlan plan, double seconds)
      throws GeneratorException, InterruptedException, SubjectException, IOException {
    try (ServerProcess server = plan.startFixed()) {
      LoadReport _ = load.run(plan(server, Arrivals.CLOSED, 0, WARM), _ -> {});
      LoadReport most = load.run(plan(server, Arrivals.CLOSED, 0, seconds), _ -> {});
      double highest = most.good() / most.seconds();
      double rate = Math.min(MODERATE, highest / 2);
      LoadReport calm = load.run(plan(server, Arrivals.POISSON, rate, seconds), _ -> {});
      return new SelfCheck(
          highest, calm.cpuSeconds() * 1e6 / Math.max(1, calm.good()), calm.lag().millis(99.9));
    }
  }

  private static LoadPlan plan(
      ServerProcess server, Arrivals arrivals, double rate, double seconds) {
    return new LoadPlan(
        server.address(),
        LoadPlan.Wire.HTTP,
        List.of(new LoadPlan.Shape("fixed", 1, "GET", "/", 0, 200, 13, 0, 0)),
        arrivals,
        rate,
        CONNECTIONS,
        1,
        0,
        false,
        null,
        null,
        0,
        seconds,
        2,
        1);
  }
}
