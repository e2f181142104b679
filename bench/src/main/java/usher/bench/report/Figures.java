package usher.bench.report;

import java.util.Locale;
import usher.bench.measure.Metric;

/// How figures are written.
public final class Figures {
  private Figures() {}

  /// Median, and the span if there were several repeats: `1.08 (1.06–1.11)`.
  static String text(Metric metric, Summary summary) {
    String median = number(metric, summary.median());
    return summary.count() == 1
        ? median
        : "%s (%s–%s)"
            .formatted(median, number(metric, summary.min()), number(metric, summary.max()));
  }

  /// A number with as many places as mean something for that metric.
  static String number(Metric metric, double value) {
    return String.format(Locale.ROOT, format(metric), value);
  }

  /// A number with its unit.
  static String withUnit(Metric metric, double value) {
    String number = number(metric, value);
    return metric.unit().isEmpty() ? number : number + " " + metric.unit();
  }

  /// A number with its unit, or where it has none with what it is.
  public static String labelled(Metric metric, double value) {
    return metric.unit().isEmpty()
        ? number(metric, value) + " " + metric.title()
        : withUnit(metric, value);
  }

  private static String format(Metric metric) {
    return switch (metric) {
      case CPU_MICROS, CPU_RATIO, CORE_SHARE, RATE_KEPT -> "%.2f";
      case RATE,
          P50_MICROS,
          P99_MICROS,
          RESIDENT_MEGABYTES,
          THREADS,
          IDLE_RESIDENT_BYTES,
          IDLE_HEAP_BYTES,
          IDLE_BYTES,
          START_MILLIS ->
          "%,.0f";
    };
  }
}
