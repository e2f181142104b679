package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import usher.testkit.Seeds;

final class ByteRangeTest {
  private static final long SIZE = 10_000;

  private static String shown(@Nullable List<ByteRange> ranges) {
    return Objects.requireNonNull(ranges).stream()
        .map(range -> range.first() + "-" + range.last())
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0-0",
    "bytes=0-499, 0-499",
    "bytes=500-, 500-9999",
    "bytes=0-, 0-9999",
    "bytes=-500, 9500-9999",
    "bytes=-1, 9999-9999",
    "bytes=-10000, 0-9999",
    "bytes=-10001, 0-9999",
    "bytes=9999-, 9999-9999",
    "bytes=9999-9999, 9999-9999",
    "bytes=9999-10000, 9999-9999",
    "bytes=0-99999999999999999999999999, 0-9999",
    "bytes=-99999999999999999999999999, 0-9999",
    "bytes=0-9223372036854775807, 0-9999",
    "bytes=0-9223372036854775808, 0-9999",
    "bytes=00000000000000000000000000000001-2, 1-2",
    "BYTES=1-2, 1-2",
    "'bytes= 1-2', 1-2",
    "'bytes=1-2\t', 1-2",
    "'bytes=,1-2,', 1-2",
    "'bytes=0-0,-1', 0-0 9999-9999",
    "'bytes=500-600,1-2', 500-600 1-2",
    "'bytes= 0-0 , , 5000-5001', 0-0 5000-5001",
    "'bytes=20000-,1-2', 1-2",
    "'bytes=1-2,20000-', 1-2",
    "'bytes=1-2,-0', 1-2",
  })
  void ranges_are_read(String field, String expected) {
    assertThat(shown(ByteRange.parse(field, SIZE))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'bytes=0-10,5-20', 0-20",
    "'bytes=0-10,11-20', 0-20",
    "'bytes=0-10,0-10', 0-10",
    "'bytes=5-20,0-10', 0-20",
    "'bytes=0-100,10-20', 0-100",
    "'bytes=0-10,90-100', 0-100",
    "'bytes=0-10,91-100', 0-10 91-100",
    "'bytes=5000-5010,0-10,5005-5020', 5000-5020 0-10",
    "'bytes=0-,-5', 0-9999",
  })
  void ranges_that_overlap_or_nearly_touch_are_joined(String field, String expected) {
    assertThat(shown(ByteRange.parse(field, SIZE))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=10000-",
        "bytes=10000-10001",
        "bytes=-0",
        "bytes=-0,10000-",
        "bytes=99999999999999999999-",
        "bytes=99999999999999999999-99999999999999999999"
      })
  void ranges_behind_the_end_are_none(String field) {
    assertThat(ByteRange.parse(field, SIZE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=a-b",
        "bytes=1",
        "bytes=2-1",
        "bytes=1-2,2-1",
        "bytes=1-2,x",
        "bytes=+1-2",
        "bytes=1-+2",
        "bytes=--1",
        "bytes=-1-2",
        "bytes=1-2-3",
        "bytes=1 -2",
        "bytes=1- 2",
        "bytes=0x1-2",
        "bytes =1-2",
        " bytes=1-2",
        "lines=1-2",
        "bytes=1-2, bytes=3-4",
        "bytes:1-2",
        "bytes=\u0661-\u0662",
        "bytes=1-2;3-4"
      })
  void what_is_malformed_or_of_another_unit_does_not_count(String field) {
    assertThat(ByteRange.parse(field, SIZE)).isNull();
  }

  private static String spread(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i * 1000 + "-" + i * 1000)
        .collect(Collectors.joining(",", "bytes=", ""));
  }

  @Test
  void more_ranges_than_the_most_do_not_count() {
    assertThat(ByteRange.parse(spread(ByteRange.MOST - 1), 1_000_000)).hasSize(ByteRange.MOST - 1);
    assertThat(ByteRange.parse(spread(ByteRange.MOST), 1_000_000)).hasSize(ByteRange.MOST);
    assertThat(ByteRange.parse(spread(ByteRange.MOST + 1), 1_000_000)).isNull();
    assertThat(ByteRange.parse("bytes=" + "0-,".repeat(100_000), 1_000_000)).isNull();
  }

  @Test
  void parts_that_would_cost_more_than_the_whole_do_not_count() {
    assertThat(ByteRange.parse("bytes=0-49,150-199", 300)).hasSize(2);
    assertThat(ByteRange.parse("bytes=0-69,160-229", 300)).hasSize(2);
    assertThat(ByteRange.parse("bytes=0-70,160-229", 300)).isNull();
  }

  @Test
  void ranges_cover_what_was_asked_for_and_do_not_overlap() {
    Seeds.each(
        2_000,
        gen -> {
          int size = gen.between(1, 3_000);
          var asked = new boolean[size];
          var field = new StringBuilder("bytes=");
          int count = gen.between(1, 8);
          for (int i = 0; i < count; i++) {
            int first = gen.between(0, size + 10);
            int last = gen.between(first, size + 20);
            field.append(i == 0 ? "" : ",").append(first).append('-').append(last);
            for (int at = first; at <= Math.min(last, size - 1); at++) {
              asked[at] = true;
            }
          }
          List<ByteRange> ranges = ByteRange.parse(field.toString(), size);
          if (ranges == null) {
            return;
          }
          var sent = new int[size];
          for (ByteRange range : ranges) {
            for (long at = range.first(); at <= range.last(); at++) {
              sent[(int) at]++;
            }
          }
          for (int at = 0; at < size; at++) {
            if (sent[at] > 1 || (asked[at] && sent[at] == 0)) {
              fail("%s of %d: byte %d is sent %d times", field, size, at, sent[at]);
            }
          }
        });
  }
}
