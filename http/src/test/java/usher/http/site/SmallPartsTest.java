package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import usher.testkit.Seeds;

final class SmallPartsTest {
  @ParameterizedTest
  @CsvSource({
    "index.html, text/html; charset=utf-8",
    "INDEX.HTM, text/html; charset=utf-8",
    "a.b.css, text/css; charset=utf-8",
    "app.mjs, text/javascript; charset=utf-8",
    "data.json, application/json",
    "x.tar.gz, application/gzip",
    "font.woff2, font/woff2",
    "logo.svg, image/svg+xml",
    "code.wasm, application/wasm",
    "Makefile, application/octet-stream",
    "a., application/octet-stream",
    "html, application/octet-stream",
    "a.unheard, application/octet-stream",
    "dir.html/file, application/octet-stream",
  })
  void types_go_by_the_last_extension(String name, String type) {
    assertThat(ContentTypes.STANDARD.of(name)).isEqualTo(type);
  }

  @Test
  void the_table_of_types_may_be_changed() {
    assertThat(ContentTypes.STANDARD.size()).isGreaterThan(100);
    ContentTypes mine = ContentTypes.STANDARD.with("TS", "text/x-typescript");
    assertThat(mine.of("a.ts")).isEqualTo("text/x-typescript");
    assertThat(ContentTypes.STANDARD.of("a.ts")).isEqualTo("video/mp2t");
    for (String wrong : List.of("", ".ts", "a.ts", "a/b")) {
      assertThatThrownBy(() -> ContentTypes.STANDARD.with(wrong, "text/plain"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1, 1 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "1049, 1.0 kB",
    "1050, 1.1 kB",
    "9949, 9.9 kB",
    "9950, 10 kB",
    "23456, 23 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "1500000, 1.5 MB",
    "9223372036854775807, 9.2 EB"
  })
  void sizes_are_for_people(long bytes, String text) {
    assertThat(FileSize.of(bytes)).isEqualTo(text);
  }

  @Test
  void names_sort_as_people_do() {
    var names =
        new ArrayList<>(
            List.of("b", "B2", "a10", "A9", "a", "a09b", "a9", "10", "9", "Z", "ä", "a010", "_"));
    names.sort(NaturalOrder.NAMES);
    assertThat(names)
        .containsExactly(
            "9", "10", "_", "a", "A9", "a9", "a09b", "a010", "a10", "b", "B2", "Z", "ä");
  }

  @Test
  void the_order_of_names_is_an_order() {
    Seeds.each(
        3_000,
        gen -> {
          String a = gen.text(0, 6, "aAbB0019_");
          String b = gen.text(0, 6, "aAbB0019_");
          String c = gen.text(0, 6, "aAbB0019_");
          int ab = Integer.signum(NaturalOrder.NAMES.compare(a, b));
          assertThat(Integer.signum(NaturalOrder.NAMES.compare(b, a))).isEqualTo(-ab);
          assertThat(ab == 0).isEqualTo(a.equals(b));
          if (ab <= 0 && NaturalOrder.NAMES.compare(b, c) <= 0) {
            assertThat(NaturalOrder.NAMES.compare(a, c)).isLessThanOrEqualTo(0);
          }
        });
  }

  @Test
  void links_are_encoded_but_for_what_needs_none() {
    assertThat(Links.encode("aZ09-._~")).isEqualTo("aZ09-._~");
    assertThat(Links.encode("a b?#%&:\"<>é\n")).isEqualTo("a%20b%3F%23%25%26%3A%22%3C%3E%C3%A9%0A");
  }

  @Test
  void names_are_escaped_and_cannot_disguise_themselves() {
    var page = new StringBuilder();
    Links.escape(page, "<a href='x'>&\"\u202egpj.exe\u2066\n\u0000é日\ud83d\ude00");
    assertThat(page.toString())
        .isEqualTo(
            "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\ufffdgpj.exe\ufffd\ufffd\ufffdé日\ud83d\ude00");
  }

  @Test
  void cache_limits_are_checked() {
    Duration second = Duration.ofSeconds(1);
    assertThat(new CacheLimits(1, 0, 0, 0, Duration.ZERO).entries()).isEqualTo(1);
    assertThat(new CacheLimits(1, 0, 0, 16 << 20, Duration.ofDays(1)).fileMost())
        .isEqualTo(16 << 20);
    assertThatThrownBy(() -> new CacheLimits(0, 0, 0, 0, second)).hasMessageContaining("entries");
    assertThatThrownBy(() -> new CacheLimits(1, -1, 0, 0, second)).hasMessageContaining("bytes");
    assertThatThrownBy(() -> new CacheLimits(1, 0, -1, 0, second)).hasMessageContaining("files");
    assertThatThrownBy(() -> new CacheLimits(1, 0, 0, -1, second)).hasMessageContaining("fileMost");
    assertThatThrownBy(() -> new CacheLimits(1, 0, 0, (16 << 20) + 1, second))
        .hasMessageContaining("fileMost");
    assertThatThrownBy(() -> new CacheLimits(1, 0, 0, 0, Duration.ofNanos(-1)))
        .hasMessageContaining("age");
    assertThatThrownBy(() -> CacheLimits.DEFAULT.withAge(Duration.ofDays(1).plusNanos(1)))
        .hasMessageContaining("age");
  }
}
