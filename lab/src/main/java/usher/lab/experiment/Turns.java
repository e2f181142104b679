package usher.lab.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import usher.lab.load.Latencies;
import usher.lab.load.LoadReport;
import usher.lab.proc.Usage;
import usher.lab.result.Curve;
import usher.lab.result.Curve.Point;
import usher.lab.result.Metric;

/// What the turns of one server at the common rate say together. A percentile is that of all their
/// requests; what it may be lies between those of the single turns.
///
/// Pure.
///
/// @param all of them, at least one
record Turns(List<Turn> all) {
  private static final double[] SHARES = {
    0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999
  };
  private static final String LIGHT = "light";
  private static final double NANOS_A_MICRO = 1e3;
  private static final double MICROS_A_MILLI = 1e3;
  private static final double MIB = 1 << 20;
  private static final int NAMED = 3;

  /// Adds percentiles.
  void latencies(Figures figures) {
    List<Histogram> every = histograms(LoadReport::allLatencies);
    Histogram together = joined(every);
    add(figures, Metric.COMMON_P50, every, together, 50);
    add(figures, Metric.COMMON_P99, every, together, 99);
    add(figures, Metric.COMMON_P999, every, together, 99.9);
    figures.add(curve(together));
    List<Histogram> light = histograms(report -> report.latencies(LIGHT));
    if (!light.isEmpty()) {
      add(figures, Metric.LIGHT_P99, light, joined(light), 99);
    }
  }

  /// Of each turn that had some.
  private List<Histogram> histograms(Function<LoadReport, Latencies> which) {
    return all.stream()
        .map(turn -> which.apply(turn.report()).histogram())
        .filter(histogram -> histogram.getTotalCount() > 0)
        .toList();
  }

  private static Histogram joined(List<Histogram> each) {
    Histogram sum = Latencies.blank();
    each.forEach(sum::add);
    return sum;
  }

  private static void add(
      Figures figures, Metric metric, List<Histogram> each, Histogram joined, double percent) {
    double together = millis(joined, percent);
    double[] sorted = each.stream().mapToDouble(one -> millis(one, percent)).sorted().toArray();
    double least = sorted.length == 0 ? together : sorted[0];
    double most = sorted.length == 0 ? together : sorted[sorted.length - 1];
    figures.add(metric, together, Math.min(together, least), Math.max(together, most));
  }

  private static double millis(Histogram histogram, double percent) {
    return histogram.getValueAtPercentile(percent) / MICROS_A_MILLI;
  }

  /// The share of requests that were not answered as they should be.
  double failed() {
    long due = sum(LoadReport::due);
    return due == 0 ? 0 : 1 - (double) sum(LoadReport::good) / due;
  }

  private long sum(Function<LoadReport, Long> what) {
    return all.stream().mapToLong(turn -> what.apply(turn.report())).sum();
  }

  /// Why, in a sentence.
  ///
  /// @param rate that was asked for
  String failures(double rate) {
    Map<String, Long> kinds = new HashMap<>();
    for (Turn turn : all) {
      turn.report().failures().forEach((kind, count) -> kinds.merge(kind, count, Long::sum));
    }
    List<String> words = new ArrayList<>();
    kinds.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(NAMED)
        .forEach(
            each ->
                words.add(
                    String.format(
                        Locale.ROOT,
                        "%s %.0f%%",
                        each.getKey(),
                        100.0 * each.getValue() / sum(LoadReport::due))));
    return String.format(
        Locale.ROOT,
        "cannot keep up with %,.0f requests a second: %s",
        rate,
        String.join(", ", words));
  }

  /// Adds what they cost, as far as it is known.
  void costs(Figures figures) {
    List<Turn> known =
        all.stream().filter(turn -> turn.before().isPresent() && turn.after().isPresent()).toList();
    if (!known.isEmpty()) {
      double answered = Math.max(1, sum(LoadReport::good));
      figures.add(
          Metric.CPU,
          total(known, turn -> turn.after().get().cpuNanos() - turn.before().get().cpuNanos())
              / NANOS_A_MICRO
              / answered);
      figures.add(
          Metric.SWITCHES,
          total(known, turn -> turn.after().get().switchesSince(turn.before().get())) / answered);
    }
    all.stream()
        .flatMap(turn -> turn.meanwhile().stream())
        .reduce((one, other) -> other.memoryBytes() > one.memoryBytes() ? other : one)
        .ifPresent(most -> seen(figures, most));
  }

  private static double total(List<Turn> turns, ToDoubleFunction<Turn> what) {
    return turns.stream().mapToDouble(what).sum();
  }

  private static void seen(Figures figures, Usage most) {
    figures.add(Metric.RESIDENT, most.memoryBytes() / MIB);
    figures.add(Metric.THREADS, most.threads());
    figures.add(Metric.PROCESSES, most.processes());
  }

  private static Curve curve(Histogram histogram) {
    List<Point> points = new ArrayList<>();
    if (histogram.getTotalCount() > 0) {
      double most = 1 - 1.0 / histogram.getTotalCount();
      for (double share : SHARES) {
        if (share <= most) {
          points.add(new Point(share, millis(histogram, share * 100)));
        }
      }
    }
    return new Curve(Curve.Kind.PERCENTILES, points);
  }
}
