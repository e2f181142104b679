package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SitePathTest {
  @ParameterizedTest
  @CsvSource({
    "/, '', true",
    "/a, a, false",
    "/a/, a, true",
    "/a/b.html, a/b.html, false",
    "/a/b/, a/b, true",
    "/a b, a b, false",
    "/a:b, a:b, false",
    "/~, ~, false",
    "/a., a., false",
    "/a.., a.., false",
    "/a...b, a...b, false",
    "/日本, 日本, false",
  })
  void a_path_names_a_file_or_a_folder(String path, String relative, boolean directory) {
    assertThat(SitePath.of(path, false)).isEqualTo(new SitePath(relative, directory));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "a",
        "a/b",
        "//",
        "//a",
        "/a//b",
        "/a//",
        "/.",
        "/..",
        "/./",
        "/../",
        "/../a",
        "/a/..",
        "/a/../b",
        "/a/./b",
        "/a/.",
        "/a\\b",
        "\\",
        "/\\..\\a",
        "/a\0",
        "/\0",
        "/a\0/b",
        "/.a",
        "/a/.b",
        "/.a/b",
        "/...",
        "/.../a"
      })
  void what_leads_upward_or_is_hidden_is_no_path(String path) {
    assertThat(SitePath.of(path, false)).isNull();
  }

  @Test
  void dot_files_may_be_shown_and_upward_stays_shut() {
    assertThat(SitePath.of("/.a/b", true)).isEqualTo(new SitePath(".a/b", false));
    assertThat(SitePath.of("/...", true)).isEqualTo(new SitePath("...", false));
    assertThat(SitePath.of("/..a", true)).isEqualTo(new SitePath("..a", false));
    for (String path : new String[] {"/.", "/..", "/a/..", "/a/.", "/../a", "/a/../b", "/./a"}) {
      assertThat(SitePath.of(path, true)).as(path).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u00e9", "\u65e5", "\ud83d\ude00"})
  void names_have_255_bytes_at_most(String letter) {
    int bytes = letter.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    String fits = letter.repeat(255 / bytes);
    String full = fits + "y".repeat(255 % bytes);
    assertThat(SitePath.of("/" + fits, false)).isNotNull();
    assertThat(SitePath.of("/" + full, false)).isNotNull();
    assertThat(SitePath.of("/" + full + "y", false)).isNull();
    assertThat(SitePath.of("/a/" + full + "y/b", false)).isNull();
  }
}
