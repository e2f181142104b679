package usher.bench.side;

import java.io.IOException;
import java.util.Map;
import usher.bench.contender.Contender;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.Metric;
import usher.bench.measure.Wrk;
import usher.bench.workload.Workload;

/// Measures one server once, in one of the ways that there are workloads.
///
/// Each throws a [MeasurementException] where the outcome does not count.
interface Measurements {
  /// A load.
  ///
  /// @param shape what is asked, in place of the workload's own
  /// @param warm seconds of load beforehand
  Map<Metric, Double> load(Contender contender, Workload.Load workload, Wrk.Shape shape, int warm)
      throws MeasurementException, IOException, InterruptedException;

  /// Memory of connections that are held idle.
  Map<Metric, Double> idleMemory(Contender contender, Workload.IdleMemory workload)
      throws MeasurementException, IOException, InterruptedException;

  /// The rate of active connections alone, beside idle ones, and alone again.
  Map<Metric, Double> idleActive(Contender contender, Workload.IdleActive workload)
      throws MeasurementException, IOException, InterruptedException;

  /// The middle of some times from exec to the first answer.
  Map<Metric, Double> startUp(Contender contender, Workload.StartUp workload)
      throws MeasurementException, IOException, InterruptedException;
}
