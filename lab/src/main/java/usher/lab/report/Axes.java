package usher.lab.report;

import java.awt.BasicStroke;
import java.awt.Font;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.data.Range;
import usher.lab.result.Wording;

/// Axes with labels that people read: 1,000 and 99.9%, not 1E3.
final class Axes {
  private static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  private static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  /// Beyond this ratio of greatest to least an even axis hides the small ones.
  private static final double WIDE = 20;

  /// The finest share that percentiles go to.
  private static final double FINEST = 0.99999;

  private Axes() {}

  /// From 0 on, evenly.
  static ValueAxis even(String label, double greatest) {
    var axis = new NumberAxis(label);
    axis.setAutoRange(false);
    axis.setRange(0, greatest > 0 ? greatest * 1.05 : 1);
    axis.setNumberFormatOverride(format(Axes::tick));
    return dressed(axis);
  }

  /// By powers, where all is over 0 and spread so far that it helps; else evenly.
  static ValueAxis fitting(String label, double least, double greatest) {
    if (!(least > 0) || greatest / least < WIDE) {
      return even(label, greatest);
    }
    var axis = new LogAxis(label);
    boolean decades = greatest / least > 300;
    axis.setBase(decades ? 10 : 2);
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setMinorTickMarksVisible(false);
    axis.setNumberFormatOverride(format(Axes::tick));
    axis.setAutoRange(false);
    axis.setRange(new Range(least / 1.15, greatest * 1.15));
    return dressed(axis);
  }

  /// The more nines, the further to the right, each as far as the one before.
  static ValueAxis percentiles(String label, double most) {
    var axis = new NumberAxis(label);
    axis.setAutoRange(false);
    axis.setRange(0, Math.max(1, nines(most)) + 0.1);
    axis.setTickUnit(new NumberTickUnit(1));
    axis.setNumberFormatOverride(format(Axes::share));
    return dressed(axis);
  }

  /// Where a share lies on the axis of percentiles: 0.9 at 1, 0.99 at 2.
  static double nines(double share) {
    return -Math.log10(1 - Math.clamp(share, 0, FINEST));
  }

  private static String share(double nines) {
    long whole = Math.round(nines);
    return switch ((int) whole) {
      case 0 -> "0%";
      case 1 -> "90%";
      case 2 -> "99%";
      default -> "99." + "9".repeat((int) whole - 2) + "%";
    };
  }

  /// Ticks are exact: 1,024 and not 1,020.
  private static String tick(double value) {
    long whole = Math.round(value);
    return Math.abs(value - whole) < 1e-9 * Math.max(1, Math.abs(value))
        ? String.format(Locale.ROOT, "%,d", whole)
        : Wording.number(value);
  }

  static <A extends ValueAxis> A dressed(A axis) {
    axis.setLabelFont(LABEL);
    axis.setTickLabelFont(TICK);
    axis.setLabelPaint(Style.INK);
    axis.setTickLabelPaint(Style.INK);
    axis.setAxisLinePaint(Style.GRID);
    axis.setAxisLineStroke(new BasicStroke(1));
    axis.setTickMarksVisible(false);
    return axis;
  }

  private static NumberFormat format(DoubleFunction<String> words) {
    return new WordFormat(words);
  }

  /// One way only: axes do not parse.
  private static final class WordFormat extends NumberFormat {
    private static final long serialVersionUID = 1;

    private final transient DoubleFunction<String> words;

    WordFormat(DoubleFunction<String> words) {
      this.words = words;
    }

    @Override
    public StringBuffer format(double number, StringBuffer text, FieldPosition place) {
      return text.append(words.apply(number));
    }

    @Override
    public StringBuffer format(long number, StringBuffer text, FieldPosition place) {
      return text.append(words.apply((double) number));
    }

    @Override
    public Number parse(String text, ParsePosition place) {
      throw new UnsupportedOperationException();
    }
  }
}
