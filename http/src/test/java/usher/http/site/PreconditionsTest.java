package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;
import static usher.http.site.Preconditions.Verdict.FAILED;
import static usher.http.site.Preconditions.Verdict.NOT_MODIFIED;
import static usher.http.site.Preconditions.Verdict.PROCEED;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import usher.http.Headers;
import usher.http.HttpDate;
import usher.http.site.Preconditions.Verdict;

/// The conditions one by one and against each other, for reading and for changing methods.
final class PreconditionsTest {
  private static final Instant MODIFIED = Instant.parse("2024-02-29T12:00:00Z");
  private static final InstantSource WALL =
      InstantSource.fixed(Instant.parse("2025-01-01T00:00:00Z"));
  private static final Validators STRONG =
      new Validators(new EntityTag(false, "v1"), MODIFIED, true);
  private static final Validators WEAK = new Validators(new EntityTag(true, "v1"), MODIFIED, false);

  private static final String SAME = HttpDate.format(MODIFIED);
  private static final String BEFORE = HttpDate.format(MODIFIED.minusSeconds(1));
  private static final String AFTER = HttpDate.format(MODIFIED.plusSeconds(1));

  private static Arguments row(Verdict reading, Verdict changing, String... fields) {
    return Arguments.of(reading, changing, Headers.of(fields));
  }

  static Stream<Arguments> table() {
    return Stream.of(
        row(PROCEED, PROCEED),
        // Step 1: If-Match compares strongly.
        row(PROCEED, PROCEED, "If-Match", "\"v1\""),
        row(PROCEED, PROCEED, "If-Match", "*"),
        row(PROCEED, PROCEED, "If-Match", "\"v0\", \"v1\""),
        row(PROCEED, PROCEED, "If-Match", "\"v0\"", "If-Match", "\"v1\""),
        row(FAILED, FAILED, "If-Match", "\"v0\""),
        row(FAILED, FAILED, "If-Match", "W/\"v1\""),
        row(FAILED, FAILED, "If-Match", "v1"),
        row(FAILED, FAILED, "If-Match", ""),
        // Step 2: If-Unmodified-Since, only where there is no If-Match.
        row(PROCEED, PROCEED, "If-Unmodified-Since", SAME),
        row(PROCEED, PROCEED, "If-Unmodified-Since", AFTER),
        row(FAILED, FAILED, "If-Unmodified-Since", BEFORE),
        row(PROCEED, PROCEED, "If-Unmodified-Since", "yesterday"),
        row(PROCEED, PROCEED, "If-Match", "\"v1\"", "If-Unmodified-Since", BEFORE),
        row(FAILED, FAILED, "If-Match", "\"v0\"", "If-Unmodified-Since", AFTER),
        // Step 3: If-None-Match compares weakly.
        row(NOT_MODIFIED, FAILED, "If-None-Match", "\"v1\""),
        row(NOT_MODIFIED, FAILED, "If-None-Match", "W/\"v1\""),
        row(NOT_MODIFIED, FAILED, "If-None-Match", "*"),
        row(NOT_MODIFIED, FAILED, "If-None-Match", "\"v0\", \"v1\""),
        row(PROCEED, PROCEED, "If-None-Match", "\"v0\""),
        row(PROCEED, PROCEED, "If-None-Match", "v1"),
        row(PROCEED, PROCEED, "If-None-Match", ""),
        // Step 4: If-Modified-Since, only for reading and where there is no If-None-Match.
        row(NOT_MODIFIED, PROCEED, "If-Modified-Since", SAME),
        row(NOT_MODIFIED, PROCEED, "If-Modified-Since", AFTER),
        row(PROCEED, PROCEED, "If-Modified-Since", BEFORE),
        row(PROCEED, PROCEED, "If-Modified-Since", "tomorrow"),
        row(PROCEED, PROCEED, "If-Modified-Since", ""),
        row(PROCEED, PROCEED, "If-None-Match", "\"v0\"", "If-Modified-Since", AFTER),
        row(NOT_MODIFIED, FAILED, "If-None-Match", "\"v1\"", "If-Modified-Since", BEFORE),
        // The first two come before the other two.
        row(FAILED, FAILED, "If-Match", "\"v0\"", "If-None-Match", "\"v1\""),
        row(NOT_MODIFIED, FAILED, "If-Match", "\"v1\"", "If-None-Match", "\"v1\""),
        row(FAILED, FAILED, "If-Unmodified-Since", BEFORE, "If-None-Match", "\"v1\""),
        row(FAILED, FAILED, "If-Unmodified-Since", BEFORE, "If-Modified-Since", AFTER),
        row(NOT_MODIFIED, PROCEED, "If-Unmodified-Since", SAME, "If-Modified-Since", SAME),
        // The older forms of a date.
        row(NOT_MODIFIED, PROCEED, "If-Modified-Since", "Thursday, 29-Feb-24 12:00:00 GMT"),
        row(NOT_MODIFIED, PROCEED, "If-Modified-Since", "Thu Feb 29 12:00:00 2024"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void conditions_are_weighed_in_their_order(Verdict reading, Verdict changing, Headers headers) {
    for (String method : List.of("GET", "HEAD")) {
      assertThat(Preconditions.check(method, headers, STRONG, WALL)).as(method).isEqualTo(reading);
    }
    for (String method : List.of("PUT", "POST", "DELETE", "PATCH")) {
      assertThat(Preconditions.check(method, headers, STRONG, WALL)).as(method).isEqualTo(changing);
    }
  }

  @Test
  void a_weak_version_matches_only_where_weakness_will_do() {
    assertThat(Preconditions.check("GET", Headers.of("If-Match", "W/\"v1\""), WEAK, WALL))
        .isEqualTo(FAILED);
    assertThat(Preconditions.check("GET", Headers.of("If-Match", "*"), WEAK, WALL))
        .isEqualTo(PROCEED);
    assertThat(Preconditions.check("GET", Headers.of("If-None-Match", "\"v1\""), WEAK, WALL))
        .isEqualTo(NOT_MODIFIED);
  }

  private static boolean rangeCounts(Validators current, String... fields) {
    return Preconditions.allowRange(Headers.of(fields), current, WALL);
  }

  @Test
  void a_range_counts_only_for_the_very_version_that_if_range_names() {
    assertThat(rangeCounts(STRONG)).isTrue();
    assertThat(rangeCounts(STRONG, "If-Range", "\"v1\"")).isTrue();
    assertThat(rangeCounts(STRONG, "If-Range", "\"v0\"")).isFalse();
    assertThat(rangeCounts(STRONG, "If-Range", "W/\"v1\"")).isFalse();
    assertThat(rangeCounts(WEAK, "If-Range", "W/\"v1\"")).isFalse();
    assertThat(rangeCounts(WEAK, "If-Range", "\"v1\"")).isFalse();
    assertThat(rangeCounts(STRONG, "If-Range", "\"v0\", \"v1\"")).isFalse();
    assertThat(rangeCounts(STRONG, "If-Range", "*")).isFalse();
    assertThat(rangeCounts(STRONG, "If-Range", SAME)).isTrue();
    assertThat(rangeCounts(STRONG, "If-Range", AFTER)).isFalse();
    assertThat(rangeCounts(STRONG, "If-Range", BEFORE)).isFalse();
    assertThat(rangeCounts(STRONG, "If-Range", "yesterday")).isFalse();
    assertThat(rangeCounts(WEAK, "If-Range", SAME)).isFalse();
  }
}
