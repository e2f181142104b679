package usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

final class HeadersTest {
  private static final Headers SOME = Headers.of("A", "1", "B", "2", "a", "3");

  @Test
  void lookup_knows_no_case_and_keeps_order() {
    assertThat(SOME.first("a")).isEqualTo("1");
    assertThat(SOME.first("b")).isEqualTo("2");
    assertThat(SOME.first("c")).isNull();
    assertThat(SOME.all("A")).containsExactly("1", "3");
    assertThat(SOME.all("c")).isEmpty();
    assertThat(SOME.joined("a")).isEqualTo("1, 3");
    assertThat(SOME.joined("c")).isNull();
    assertThat(SOME.has("B")).isTrue();
    assertThat(SOME.has("C")).isFalse();
    assertThat(SOME)
        .containsExactly(
            new Headers.Field("A", "1"), new Headers.Field("B", "2"), new Headers.Field("a", "3"));
    assertThat(SOME.size()).isEqualTo(3);
    assertThat(Headers.none()).isEmpty();
  }

  @Test
  void an_iterator_ends() {
    var fields = Headers.of("A", "1").iterator();
    fields.next();
    assertThatThrownBy(fields::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void changes_give_copies() {
    assertThat(SOME.with("a", "4").toString()).isEqualTo("B: 2\na: 4\n");
    assertThat(SOME.with("C", "4").toString()).isEqualTo("A: 1\nB: 2\na: 3\nC: 4\n");
    assertThat(SOME.plus("b", "4").toString()).isEqualTo("A: 1\nB: 2\na: 3\nb: 4\n");
    assertThat(SOME.without("A").toString()).isEqualTo("B: 2\n");
    assertThat(SOME.without("C")).isSameAs(SOME);
    assertThat(SOME.toString()).isEqualTo("A: 1\nB: 2\na: 3\n");
  }

  @Test
  void an_array_that_was_given_may_be_changed_afterwards() {
    String[] pairs = {"A", "1"};
    Headers headers = Headers.of(pairs);
    pairs[1] = "a\r\nb";
    assertThat(headers.first("A")).isEqualTo("1");
  }

  @Test
  void a_name_needs_a_value() {
    assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("A", "1", "B"));
  }

  @Test
  void each_character_of_a_name_is_checked() {
    String allowed =
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (char c = 0; c < 0x300; c++) {
      String name = "X" + c + "Y";
      if (allowed.indexOf(c) >= 0) {
        assertThat(Headers.none().plus(name, "1").name(0)).isEqualTo(name);
      } else {
        assertThatIllegalArgumentException()
            .as("character %x", (int) c)
            .isThrownBy(() -> Headers.none().plus(name, "1"));
      }
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Headers.none().plus("", "1"));
  }

  @Test
  void each_character_of_a_value_is_checked() {
    for (char c = 0; c < 0x300; c++) {
      String value = "x" + c + "y";
      boolean allowed = c == '\t' || (c >= ' ' && c <= 0xff && c != 0x7f);
      if (allowed) {
        assertThat(Headers.none().with("X", value).first("x")).isEqualTo(value);
      } else {
        assertThatIllegalArgumentException()
            .as("character %x", (int) c)
            .isThrownBy(() -> Headers.none().with("X", value));
      }
    }
  }

  @Test
  void white_space_at_the_ends_of_a_value_is_refused() {
    for (String value : new String[] {" a", "a ", "\ta", "a\t", " "}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Headers.of("X", value));
    }
    assertThat(Headers.of("X", "").first("X")).isEmpty();
  }

  @Test
  void a_refusal_shows_what_was_wrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Headers.of("X", "a\r\nSet-Cookie: b"))
        .withMessage("not a value for the field X: \"a\\u000d\\u000aSet-Cookie: b\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Headers.of("n".repeat(50) + " ", "1"))
        .withMessage("not a field name: \"" + "n".repeat(40) + "…\"");
  }
}
