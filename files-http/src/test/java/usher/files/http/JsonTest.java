package usher.files.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;
import usher.testkit.Seeds;

/// The JSON that is written here, as others read it.
final class JsonTest {
  private static String written(String text) {
    StringBuilder json = new StringBuilder();
    Json.string(json, text);
    return json.toString();
  }

  @Test
  void any_text_is_read_as_it_was() {
    Seeds.each(
        500,
        gen -> {
          String text =
              String.join(
                  "",
                  gen.list(
                      0,
                      20,
                      () ->
                          gen.oneOf(
                              "a",
                              "\"",
                              "\\",
                              "\n",
                              "\r",
                              "\t",
                              "\u0000",
                              "\u001f",
                              "\u2028",
                              "\ud83d\ude00",
                              "ü",
                              "/",
                              "</script>")));
          assertThat(new ObjectMapper().readValue(written(text), String.class)).isEqualTo(text);
        });
  }

  @Test
  void a_half_of_a_pair_is_escaped() {
    assertThat(written("a\ud83d")).isEqualTo("\"a\\ud83d\"");
    assertThat(written("\ude00a")).isEqualTo("\"\\ude00a\"");
    assertThat(written("\ud83db")).isEqualTo("\"\\ud83db\"");
  }
}
