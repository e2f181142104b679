package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EncodingTest {
  private static final EnumSet<Encoding> ALL = EnumSet.allOf(Encoding.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip                                  | GZIP",
        "br                                    | BROTLI",
        "gzip, br                              | BROTLI",
        "br, gzip                              | BROTLI",
        "gzip, deflate, br, zstd               | BROTLI",
        "GZIP                                  | GZIP",
        "x-gzip                                | GZIP",
        "deflate                               | IDENTITY",
        "identity                              | IDENTITY",
        "''                                    | IDENTITY",
        "*                                     | BROTLI",
        "gzip;q=1.0, br;q=0.5                  | GZIP",
        "gzip;q=0.5, br;q=0.501                | BROTLI",
        "gzip;q=0.999, br;q=1                  | BROTLI",
        "gzip;q=0                              | IDENTITY",
        "gzip;q=0.000                          | IDENTITY",
        "gzip;q=0.001                          | GZIP",
        "br;q=0, gzip                          | GZIP",
        "br;q=0, *                             | GZIP",
        "*;q=0, gzip                           | GZIP",
        "*;q=0                                 | IDENTITY",
        "identity;q=0                          | IDENTITY",
        "identity;q=0, gzip;q=0.1              | GZIP",
        "identity, gzip;q=0.5                  | IDENTITY",
        "identity;q=0.5, gzip;q=0.5            | GZIP",
        "gzip;q=0.1, *;q=0.5                   | BROTLI",
        "gzip;q=0.1, br;q=0, *;q=0.5           | IDENTITY",
        "gzip ; q=0.5 , br ;q=0.4              | GZIP",
        "gzip;Q=0.5, br;q=0.4                  | GZIP",
        "gzip;q=1.001, deflate                 | IDENTITY",
        "gzip;q=2, br;q=0.1                    | BROTLI",
        "gzip;q=, br;q=0.1                     | BROTLI",
        "gzip;q=0.1234, br;q=0.1               | BROTLI",
        "gzip;q=-1                             | IDENTITY",
        "gzip;q=a                              | IDENTITY",
        "gzip;q=.5                             | IDENTITY",
        "gzip;x=y                              | IDENTITY",
        "gzip;q=1.                             | GZIP",
        ", ,gzip,,                             | GZIP",
        "gzip;                                 | IDENTITY",
        "gzipped, brotli                       | IDENTITY",
      })
  void the_client_gets_what_it_likes_best(String accepted, Encoding expected) {
    assertThat(Encoding.choose(accepted, ALL)).isEqualTo(expected);
  }

  @Test
  void a_client_that_says_nothing_gets_the_plain_file() {
    assertThat(Encoding.choose(null, ALL)).isEqualTo(Encoding.IDENTITY);
  }

  @Test
  void only_what_is_available_is_chosen() {
    var gzip = EnumSet.of(Encoding.GZIP, Encoding.IDENTITY);
    assertThat(Encoding.choose("br, gzip;q=0.1", gzip)).isEqualTo(Encoding.GZIP);
    assertThat(Encoding.choose("br", gzip)).isEqualTo(Encoding.IDENTITY);
    assertThat(Encoding.choose("br, gzip", EnumSet.of(Encoding.IDENTITY)))
        .isEqualTo(Encoding.IDENTITY);
  }
}
