package usher.cli.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import usher.session.Limits;

final class DescriptorsTest {
  @Test
  void soft_limit_is_read() {
    assertThat(
            Descriptors.parse(
                Stream.of(
                    "Limit                     Soft Limit           Hard Limit           Units    "
                        + " ",
                    "Max processes             63432                63432                processes"
                        + " ",
                    "Max open files            1024                 524288               files  "
                        + "   ")))
        .contains(1024L);
  }

  @Test
  void what_is_not_limited_or_not_told_is_not_checked() {
    assertThat(
            Descriptors.parse(
                Stream.of("Max open files            unlimited            unlimited       files")))
        .isEmpty();
    assertThat(Descriptors.parse(Stream.of("Max open files"))).isEmpty();
    assertThat(Descriptors.parse(Stream.empty())).isEmpty();
  }

  @Test
  void this_process_has_a_limit_on_linux() {
    assertThat(Descriptors.allowed()).hasValueSatisfying(all -> assertThat(all).isPositive());
  }

  @Test
  void connections_fit_the_descriptors() {
    Limits limits = Limits.DEFAULT.withConnections(1_000);
    assertThat(Descriptors.fit(limits, 1_129)).isEqualTo(limits);
    assertThat(Descriptors.fit(limits, 1_128)).isEqualTo(limits);
    assertThat(Descriptors.fit(limits, 1_127)).isEqualTo(limits.withConnections(999));
    assertThat(Descriptors.fit(limits, 5).connections()).isEqualTo(1);
  }

  @Test
  void warning_says_what_to_raise_and_by_how_much() {
    assertThat(Descriptors.warning(2_000, 896, 1_024))
        .isEqualTo(
            "--max-connections 2000 needs 2,128 descriptors, this process may open 1,024: serving"
                + " 896 clients at most; raise it before: ulimit -n 2128");
  }
}
