package usher.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
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
  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  /// The JDK's formatters load the names of the days in every language that there may be: 10 ms of
  /// a first answer. So they only read, and are made when something is to be read.
  private static final class Formatter {
    static final DateTimeFormatter FIXED = pattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'");
  }

  private HttpDate() {}

  private static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /// Such as `Sun, 06 Nov 1994 08:49:37 GMT`.
  ///
  /// @param instant before the year 10000, or a year of more digits is written
  public static String format(Instant instant) {
    OffsetDateTime at = instant.atOffset(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(29);
    text.append(DAYS[at.getDayOfWeek().getValue() - 1]).append(", ");
    digits(text, at.getDayOfMonth()).append(' ').append(MONTHS[at.getMonthValue() - 1]).append(' ');
    digits(digits(text, at.getYear() / 100), at.getYear() % 100).append(' ');
    digits(text, at.getHour()).append(':');
    digits(text, at.getMinute()).append(':');
    return digits(text, at.getSecond()).append(" GMT").toString();
  }

  private static StringBuilder digits(StringBuilder text, int number) {
    return number < 10 ? text.append('0').append(number) : text.append(number);
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
    for (DateTimeFormatter form :
        List.of(Formatter.FIXED, rfc850, pattern("EEE MMM ppd HH:mm:ss uuuu"))) {
      try {
        return form.parse(text, Instant::from).truncatedTo(ChronoUnit.SECONDS);
      } catch (DateTimeException e) {
        // Not this form: try the next.
      }
    }
    return null;
  }
}
