package usher.lab.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Figures as people read them: three digits that count, thousands apart, the unit behind it,
/// shares in percent. The same in the table, the report, the comparison and the recommendation.
public final class Wording {
  private Wording() {}

  /// With its unit: `18,400 requests/s`.
  public static String of(Metric metric, double figure) {
    return unit(metric).isEmpty()
        ? bare(metric, figure)
        : bare(metric, figure) + (unit(metric).equals("%") ? "" : " ") + unit(metric);
  }

  /// Without its unit, for a column that has it in its head.
  public static String bare(Metric metric, double figure) {
    return number(share(metric) ? figure * 100 : figure);
  }

  /// What stands behind a figure, or in a column's head.
  public static String unit(Metric metric) {
    return share(metric) ? "%" : metric.unit();
  }

  /// With its interval: `18,400 requests/s (17,900 to 18,800)`. No interval where it was taken once
  /// or all repeats read the same.
  public static String spread(Metric metric, Estimate figure) {
    return of(metric, figure.median()) + interval(metric, figure);
  }

  private static String interval(Metric metric, Estimate figure) {
    String low = bare(metric, figure.low());
    String high = bare(metric, figure.high());
    return low.equals(high) ? "" : " (" + low + " to " + high + ")";
  }

  /// Three digits that count, and none after the point that is only a zero.
  public static String number(double figure) {
    if (!Double.isFinite(figure)) {
      return "–";
    }
    BigDecimal rounded =
        new BigDecimal(figure).round(new MathContext(3, RoundingMode.HALF_UP)).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, rounded.scale()) + "f", rounded);
  }

  /// How many times the one is the other: `1.8 times`, `12 times`.
  public static String times(double greater, double less) {
    if (!(less > 0)) {
      return "beyond all measure";
    }
    double times = greater / less;
    var digits = new MathContext(times < 100 ? 2 : 3, RoundingMode.HALF_UP);
    return number(new BigDecimal(times).round(digits).doubleValue()) + " times";
  }

  private static boolean share(Metric metric) {
    return metric == Metric.FAILED || metric == Metric.OVERLOAD_GOODPUT;
  }
}
