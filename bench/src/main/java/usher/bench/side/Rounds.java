package usher.bench.side;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import usher.bench.contender.Contender;
import usher.bench.measure.MeasurementException;
import usher.bench.measure.Metric;
import usher.bench.measure.Sample;
import usher.bench.measure.Wrk;
import usher.bench.workload.Workload;

/// The order of a run: rounds over all servers of a workload, so that a slow minute of the machine
/// hits all of them and not all repeats of one. Where a workload has a baseline, that is measured
/// right before each server, over the same number of connections, and the server's CPU time is
/// given as a ratio to it.
///
/// A server that fails is left out of the workload's further rounds.
final class Rounds {
  /// What is to be run: a workload and the servers that take part in it.
  record Leg(Workload workload, List<Contender> contenders) {}

  private final Settings settings;
  private final Measurements measurements;
  private final List<Contender> all;
  private final Consumer<Sample> progress;

  /// @param all the servers that a workload's baseline is found among
  /// @param progress told of each server's sample as it is taken
  Rounds(
      Settings settings,
      Measurements measurements,
      List<Contender> all,
      Consumer<Sample> progress) {
    this.settings = settings;
    this.measurements = measurements;
    this.all = all;
    this.progress = progress;
  }

  /// Runs all rounds of one workload.
  ///
  /// @return the samples in the order in which they were taken, those of the baseline among them
  List<Sample> run(Leg leg) throws InterruptedException {
    List<Sample> samples = new ArrayList<>();
    Set<String> failed = new HashSet<>();
    for (int round = 1; round <= settings.repeats(); round++) {
      for (Contender contender : leg.contenders()) {
        if (!failed.contains(contender.name())) {
          Sample sample = measure(leg.workload(), contender, round, samples);
          samples.add(sample);
          progress.accept(sample);
          if (sample.failure() != null) {
            failed.add(contender.name());
          }
        }
      }
    }
    return samples;
  }

  /// One server; the sample of its baseline, if it has one, goes to `samples` at once.
  private Sample measure(Workload workload, Contender contender, int round, List<Sample> samples)
      throws InterruptedException {
    try {
      Map<Metric, Double> figures =
          switch (workload) {
            case Workload.Load load -> beside(load, contender, round, samples);
            case Workload.IdleMemory idle -> measurements.idleMemory(contender, idle);
            case Workload.IdleActive active -> measurements.idleActive(contender, active);
            case Workload.StartUp start -> measurements.startUp(contender, start);
          };
      return Sample.of(workload.name(), contender.name(), round, figures);
    } catch (MeasurementException | IOException e) {
      String why = String.valueOf(e.getMessage());
      return Sample.failed(workload.name(), contender.name(), round, why);
    }
  }

  private Map<Metric, Double> beside(
      Workload.Load load, Contender contender, int round, List<Sample> samples)
      throws MeasurementException, IOException, InterruptedException {
    Contender baseline = baseline(load);
    Wrk.Shape shape = load.shapeFor(contender);
    Map<Metric, Double> reference = reference(baseline, load, shape);
    if (shape.connections() == load.shape().connections()) {
      samples.add(Sample.of(load.name(), baseline.name(), round, reference));
    }
    Map<Metric, Double> figures =
        new EnumMap<>(measurements.load(contender, load, shape, settings.warm()));
    figures.put(
        Metric.CPU_RATIO,
        figures.getOrDefault(Metric.CPU_MICROS, Double.NaN)
            / reference.getOrDefault(Metric.CPU_MICROS, Double.NaN));
    return figures;
  }

  private Map<Metric, Double> reference(Contender baseline, Workload.Load load, Wrk.Shape shape)
      throws MeasurementException, IOException, InterruptedException {
    try {
      return measurements.load(baseline, load, shape, Settings.BASELINE_WARM);
    } catch (MeasurementException e) {
      throw new MeasurementException("its baseline " + baseline.name() + ": " + e.getMessage());
    }
  }

  private Contender baseline(Workload.Load load) throws MeasurementException {
    return all.stream()
        .filter(contender -> contender.name().equals(load.reference()))
        .findFirst()
        .orElseThrow(
            () -> new MeasurementException("its baseline " + load.reference() + " is missing"));
  }
}
