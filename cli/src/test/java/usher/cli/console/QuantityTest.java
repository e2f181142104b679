package usher.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {
  @Test
  void about_a_size_has_one_digit_behind_the_point() {
    assertThat(Quantity.about(0)).isEqualTo("0 B");
    assertThat(Quantity.about(1_023)).isEqualTo("1023 B");
    assertThat(Quantity.about(1_024)).isEqualTo("1.0 KiB");
    assertThat(Quantity.about(73_519_104)).isEqualTo("70.1 MiB");
    assertThat(Quantity.about(5L << 40)).isEqualTo("5120.0 GiB");
  }

  @ParameterizedTest
  @CsvSource({
    "500ms,500",
    "10,10000",
    "10s,10000",
    "2m,120000",
    "2min,120000",
    "1h,3600000",
    "0,0"
  })
  void duration_is_read(String text, long millis) {
    assertThat(Quantity.duration("--x", text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1.5s", "5x", "1 s", "٣s", "9999999999999999s"})
  void no_duration_is_refused(String text) {
    assertThatThrownBy(() -> Quantity.duration("--x", text))
        .isInstanceOf(Failure.class)
        .hasMessage("--x takes a duration such as 500ms, 10s, 2m or 1h, not " + text);
  }

  @Test
  void duration_ends_at_a_year() {
    assertThat(Quantity.duration("--x", "8760h")).isEqualTo(Duration.ofDays(365));
    assertThatThrownBy(() -> Quantity.duration("--x", "8761h"))
        .hasMessage("--x takes 365 days at most, not 8761h");
    assertThatThrownBy(() -> Quantity.duration("--x", "999999999999999h"))
        .hasMessage("--x takes 365 days at most, not 999999999999999h");
  }

  @ParameterizedTest
  @CsvSource({
    "512,512",
    "512B,512",
    "16k,16384",
    "16K,16384",
    "16KiB,16384",
    "1M,1048576",
    "2G,2147483648"
  })
  void size_is_read(String text, long bytes) {
    assertThat(Quantity.size("--x", text, 0, Long.MAX_VALUE)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "K", "-1", "1T", "1 K", "0x10", "9999999999999999999"})
  void no_size_is_refused(String text) {
    assertThatThrownBy(() -> Quantity.size("--x", text, 0, Long.MAX_VALUE))
        .hasMessage("--x takes a size such as 512, 16K, 1M or 2G, not " + text);
  }

  @Test
  void size_has_a_least_and_a_most() {
    assertThat(Quantity.size("--x", "64", 64, 1024)).isEqualTo(64);
    assertThat(Quantity.size("--x", "1K", 64, 1024)).isEqualTo(1024);
    assertThatThrownBy(() -> Quantity.size("--x", "63", 64, 1024))
        .hasMessage("--x must be at least 64 B, not 63");
    assertThatThrownBy(() -> Quantity.size("--x", "1025", 64, 1024))
        .hasMessage("--x must be at most 1 KiB, not 1025");
    assertThatThrownBy(() -> Quantity.size("--x", "999999999999999999G", 64, Long.MAX_VALUE))
        .hasMessageStartingWith("--x must be at most ");
  }

  @Test
  void number_has_a_least_and_a_most() {
    assertThat(Quantity.number("--x", "1", 1, 10)).isEqualTo(1);
    assertThat(Quantity.number("--x", "10", 1, 10)).isEqualTo(10);
    assertThatThrownBy(() -> Quantity.number("--x", "0", 1, 10))
        .hasMessage("--x must be at least 1, not 0");
    assertThatThrownBy(() -> Quantity.number("--x", "11", 1, 10))
        .hasMessage("--x must be at most 10, not 11");
    assertThatThrownBy(() -> Quantity.number("--x", "99999999999999999999", 1, 10_000))
        .hasMessage("--x must be at most 10,000, not 99999999999999999999");
    assertThatThrownBy(() -> Quantity.number("--x", "ten", 1, 10))
        .hasMessage("--x takes a number, not ten");
    assertThatThrownBy(() -> Quantity.number("--x", "-5", 1, 10))
        .hasMessage("--x takes a number, not -5");
  }

  @ParameterizedTest
  @CsvSource({
    "1,1 ms",
    "500,500 ms",
    "1500,1500 ms",
    "10000,10 s",
    "60000,60 s",
    "90000,90 s",
    "120000,2 min",
    "3600000,1 h",
    "0,0 s"
  })
  void duration_is_shown_whole(long millis, String text) {
    assertThat(Quantity.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "512,512 B",
    "1000,'1,000 B'",
    "1024,1 KiB",
    "1025,'1,025 B'",
    "16777216,16 MiB",
    "1099511627776,'1,024 GiB'"
  })
  void size_is_shown_whole(long bytes, String text) {
    assertThat(Quantity.size(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "999,999",
    "1000,'1,000'",
    "1234567,'1,234,567'",
    "-123,-123",
    "-1234,'-1,234'"
  })
  void count_has_its_thousands_apart(long number, String text) {
    assertThat(Quantity.count(number)).isEqualTo(text);
  }
}
