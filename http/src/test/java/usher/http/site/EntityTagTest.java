package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntityTagTest {
  @Test
  void a_tag_reads_as_it_is_written() {
    assertThat(EntityTag.parse("\"abc\"")).isEqualTo(new EntityTag(false, "abc"));
    assertThat(EntityTag.parse("W/\"abc\"")).isEqualTo(new EntityTag(true, "abc"));
    assertThat(EntityTag.parse("\"\"")).isEqualTo(new EntityTag(false, ""));
    assertThat(new EntityTag(true, "x").toString()).isEqualTo("W/\"x\"");
    assertThat(new EntityTag(false, "x").toString()).isEqualTo("\"x\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "\"abc",
        "abc\"",
        "w/\"abc\"",
        "W/abc",
        "W/",
        "\"a b\"",
        "\"a\"b",
        "\"a\u007f\""
      })
  void what_is_no_tag_is_not_read(String text) {
    assertThat(EntityTag.parse(text)).isNull();
  }

  /// The table of RFC 9110, 8.8.3.2.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'W/\"1\"', 'W/\"1\"', false, true",
        "'W/\"1\"', 'W/\"2\"', false, false",
        "'W/\"1\"', '\"1\"',   false, true",
        "'\"1\"',   '\"1\"',   true,  true",
        "'\"1\"',   '\"2\"',   false, false"
      })
  void tags_compare_strongly_and_weakly(String a, String b, boolean strong, boolean weak) {
    EntityTag x = Objects.requireNonNull(EntityTag.parse(a));
    EntityTag y = Objects.requireNonNull(EntityTag.parse(b));
    assertThat(x.strongly(y)).isEqualTo(strong);
    assertThat(y.strongly(x)).isEqualTo(strong);
    assertThat(x.weakly(y)).isEqualTo(weak);
    assertThat(y.weakly(x)).isEqualTo(weak);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'*', true",
        "'\"a\"', true",
        "'\"b\"', false",
        "'\"b\", \"a\"', true",
        "'\"b\",\"a\"', true",
        "',, \"b\" ,\t\"a\",', true",
        "'\"b, a\"', false",
        "'\"a,\"', false",
        "'a', false",
        "'b, \"a\"', false",
        "'\"b\" \"a\"', true",
        "'', false",
        "',', false"
      })
  void a_list_has_a_tag_or_not(String list, boolean has) {
    assertThat(new EntityTag(false, "a").isIn(list, true)).isEqualTo(has);
  }

  @Test
  void a_weak_tag_is_in_a_list_only_for_weak_comparison() {
    EntityTag weak = new EntityTag(true, "a");
    assertThat(weak.isIn("\"a\"", false)).isTrue();
    assertThat(weak.isIn("\"a\"", true)).isFalse();
    assertThat(new EntityTag(false, "a").isIn("W/\"a\"", true)).isFalse();
  }
}
