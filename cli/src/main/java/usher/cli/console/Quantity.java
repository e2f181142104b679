package usher.cli.console;

import java.time.Duration;
import java.util.Locale;

/// Durations and sizes as people write them: `500ms`, `10s`, `2m`, `1h`; `512`, `16K`, `16KiB`,
/// `1M`, `2G`. A duration without a unit is in seconds, a size without one in bytes; a K is 1,024.
public final class Quantity {
  private static final long DAY = 24 * 60 * 60 * 1_000L;

  private Quantity() {}

  /// Reads a duration of at most 365 days.
  ///
  /// @param what the option that it was written for
  /// @throws Failure if it is none
  public static Duration duration(String what, String text) {
    int digits = digits(text);
    long unit =
        switch (text.substring(digits)) {
          case "ms" -> 1;
          case "", "s" -> 1_000;
          case "m", "min" -> 60_000;
          case "h" -> 3_600_000;
          default -> 0;
        };
    if (digits == 0 || digits > 15 || unit == 0) {
      throw Failure.usage(what + " takes a duration such as 500ms, 10s, 2m or 1h, not " + text);
    }
    long number = Long.parseLong(text, 0, digits, 10);
    if (number > 365 * DAY / unit) {
      throw Failure.usage(what + " takes 365 days at most, not " + text);
    }
    return Duration.ofMillis(number * unit);
  }

  /// Reads a size in bytes.
  ///
  /// @param what the option that it was written for
  /// @throws Failure if it is none, or not from `least` to `most`
  public static long size(String what, String text, long least, long most) {
    int digits = digits(text);
    int shift =
        switch (text.substring(digits)) {
          case "", "B" -> 0;
          case "k", "K", "KiB" -> 10;
          case "m", "M", "MiB" -> 20;
          case "g", "G", "GiB" -> 30;
          default -> -1;
        };
    if (digits == 0 || digits > 18 || shift < 0) {
      throw Failure.usage(what + " takes a size such as 512, 16K, 1M or 2G, not " + text);
    }
    long number = Long.parseLong(text, 0, digits, 10);
    if (number > most >> shift) {
      throw Failure.usage(what + " must be at most " + size(most) + ", not " + text);
    }
    if (number << shift < least) {
      throw Failure.usage(what + " must be at least " + size(least) + ", not " + text);
    }
    return number << shift;
  }

  /// Reads a number.
  ///
  /// @param what the option that it was written for
  /// @throws Failure if it is none, or not from `least` to `most`
  public static int number(String what, String text, int least, int most) {
    int digits = digits(text);
    if (digits == 0 || digits < text.length()) {
      throw Failure.usage(what + " takes a number, not " + text);
    }
    if (digits > 10 || Long.parseLong(text) > most) {
      throw Failure.usage(what + " must be at most " + count(most) + ", not " + text);
    }
    if (Integer.parseInt(text) < least) {
      throw Failure.usage(what + " must be at least " + count(least) + ", not " + text);
    }
    return Integer.parseInt(text);
  }

  private static int digits(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /// A duration in the largest unit that shows it whole, such as `90 s`.
  public static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1_000 != 0) {
      return millis + " ms";
    }
    long seconds = millis / 1_000;
    if (seconds % 3_600 == 0 && seconds > 0) {
      return seconds / 3_600 + " h";
    }
    return seconds % 60 == 0 && seconds > 60 ? seconds / 60 + " min" : seconds + " s";
  }

  /// A size in the largest unit that shows it whole, such as `16 KiB`.
  public static String size(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB"};
    int unit = 0;
    long number = bytes;
    while (unit < 3 && number > 0 && number % 1_024 == 0) {
      number /= 1_024;
      unit++;
    }
    return count(number) + " " + units[unit];
  }

  /// About this size, with one digit behind the point, such as `70.1 MiB`.
  public static String about(long bytes) {
    String[] units = {"KiB", "MiB", "GiB"};
    if (bytes < 1_024) {
      return bytes + " B";
    }
    double number = bytes / 1_024.0;
    int unit = 0;
    while (unit < 2 && number >= 1_024) {
      number /= 1_024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", number, units[unit]);
  }

  /// A number with its thousands apart, such as `10,000`.
  public static String count(long number) {
    StringBuilder text = new StringBuilder().append(number);
    int first = number < 0 ? 1 : 0;
    for (int at = text.length() - 3; at > first; at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }
}
