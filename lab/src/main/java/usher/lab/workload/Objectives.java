package usher.lab.workload;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import usher.lab.result.Objective;

/// Objectives as people write them: `p99=50ms`, `p99.9=1s`, `p50=2.5ms`.
public final class Objectives {
  private static final Pattern FORM =
      Pattern.compile("p([0-9]{1,2}(?:\\.[0-9]{1,3})?)=([0-9]{1,6}(?:\\.[0-9]{1,3})?)(ms|s)");

  private Objectives() {}

  /// Reads one.
  ///
  /// @throws IllegalArgumentException with a sentence if it is none
  public static Objective parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not an objective: " + text + "; write p99=50ms");
    }
    double time = Double.parseDouble(form.group(2));
    return new Objective(
        Double.parseDouble(form.group(1)) / 100, form.group(3).equals("s") ? time * 1000 : time);
  }

  /// Writes one.
  public static String text(Objective objective) {
    return String.format(
        Locale.ROOT, "p%s=%sms", number(objective.share() * 100), number(objective.millis()));
  }

  private static String number(double value) {
    double rounded = Math.round(value * 1000) / 1000.0;
    return rounded == Math.rint(rounded) ? "" + (long) rounded : "" + rounded;
  }
}
