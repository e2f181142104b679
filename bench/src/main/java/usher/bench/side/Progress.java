package usher.bench.side;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import usher.bench.measure.Metric;
import usher.bench.measure.Sample;
import usher.bench.report.Figures;

/// Prints a line for each server that was measured.
final class Progress implements Consumer<Sample> {
  private static final List<Metric> SHOWN =
      List.of(
          Metric.CPU_RATIO,
          Metric.CPU_MICROS,
          Metric.RATE,
          Metric.IDLE_BYTES,
          Metric.RATE_KEPT,
          Metric.START_MILLIS);

  private final PrintStream out;
  private final int expected;
  private int count;

  /// @param expected how many there are going to be, if none fails
  Progress(PrintStream out, int expected) {
    this.out = out;
    this.expected = expected;
  }

  @Override
  public void accept(Sample sample) {
    count++;
    out.printf(
        "[%d/%d] %-12s %-22s %s%n",
        count, expected, sample.workload(), sample.contender(), outcome(sample));
    out.flush();
  }

  private static String outcome(Sample sample) {
    String failure = sample.failure();
    if (failure != null) {
      return "FAILED: " + failure;
    }
    Map<Metric, Double> figures = sample.figures();
    return String.join(
        ", ",
        SHOWN.stream()
            .filter(figures::containsKey)
            .map(metric -> Figures.labelled(metric, figures.getOrDefault(metric, Double.NaN)))
            .toList());
  }
}
