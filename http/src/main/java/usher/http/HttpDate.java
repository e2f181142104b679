package usher.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Dates as HTTP writes them (RFC 9110, 5.6.7), to the second.
public final class HttpDate {
  private static final DateTimeFormatter FIXED = pattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

  private HttpDate() {}

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /// Such as `Sun, 06 Nov 1994 08:49:37 GMT`.
  public static String format(Instant instant) {
    return FIXED.format(instant);
  }

  /// Reads any of the three forms that a recipient must know, or gives null where it is none of
  /// them. Two digits of a year that would lie more than 50 years ahead of `now` are of the century
  /// before.
  public static @Nullable Instant parse(String text, Instant now) {
    int floor = now.atOffset(ZoneOffset.UTC).getYear() - 49;
    DateTimeFormatter rfc850 =
        new DateTimeFormatterBuilder()
            .appendPattern("EEEE, dd-MMM-")
            .appendValueReduced(ChronoField.YEAR, 2, 2, floor)
            .appendPattern(" HH:mm:ss 'GMT'")
            .toFormatter(Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    for (DateTimeFormatter form : List.of(FIXED, rfc850, pattern("EEE MMM ppd HH:mm:ss uuuu"))) {
      try {
        return form.parse(text, Instant::from).truncatedTo(ChronoUnit.SECONDS);
      } catch (DateTimeException e) {
        // Not this form: try the next.
      }
    }
    return null;
  }
}
