package usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class HttpDateTest {
  private static final Instant NOW = Instant.parse("2025-11-20T00:00:00Z");
  private static final Instant EXAMPLE = Instant.parse("1994-11-06T08:49:37Z");

  @Test
  void the_three_forms_of_the_rfc_are_read() {
    assertThat(HttpDate.parse("Sun, 06 Nov 1994 08:49:37 GMT", NOW)).isEqualTo(EXAMPLE);
    assertThat(HttpDate.parse("Sunday, 06-Nov-94 08:49:37 GMT", NOW)).isEqualTo(EXAMPLE);
    assertThat(HttpDate.parse("Sun Nov  6 08:49:37 1994", NOW)).isEqualTo(EXAMPLE);
    assertThat(HttpDate.parse("Wed Nov 16 08:49:37 1994", NOW))
        .isEqualTo(Instant.parse("1994-11-16T08:49:37Z"));
  }

  @Test
  void two_digits_of_a_year_mean_the_nearest_past_but_for_fifty_years() {
    assertThat(HttpDate.parse("Friday, 01-Jan-75 00:00:00 GMT", NOW)).isNull();
    assertThat(HttpDate.parse("Tuesday, 01-Jan-75 00:00:00 GMT", NOW))
        .isEqualTo(Instant.parse("2075-01-01T00:00:00Z"));
    assertThat(HttpDate.parse("Thursday, 01-Jan-76 00:00:00 GMT", NOW))
        .isEqualTo(Instant.parse("1976-01-01T00:00:00Z"));
  }

  @Test
  void a_date_is_written_in_the_first_form_and_read_back() {
    assertThat(HttpDate.format(EXAMPLE.plusMillis(999))).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    for (Instant instant = NOW; instant.isBefore(NOW.plusSeconds(40_000_000)); ) {
      assertThat(HttpDate.parse(HttpDate.format(instant), NOW)).isEqualTo(instant);
      instant = instant.plusSeconds(777_777);
    }
  }

  @Test
  void what_is_no_date_is_not_read() {
    for (String text :
        new String[] {
          "",
          "x",
          "0",
          "Sun, 06 Nov 1994 08:49:37",
          "Mon, 06 Nov 1994 08:49:37 GMT",
          "Sun, 6 Nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 24:49:37 GMT",
          "Sun, 31 Feb 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 08:49:37 CET",
          "sun, 06 nov 1994 08:49:37 gmt",
          "1994-11-06T08:49:37Z"
        }) {
      assertThat(HttpDate.parse(text, NOW)).as(text).isNull();
    }
  }
}
