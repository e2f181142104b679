package usher.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import usher.bench.measure.Answer;
import usher.bench.measure.MeasurementException;

class ContentTest {
  private static final Map<String, String> PLAIN = Map.of("content-type", "text/plain; charset=x");

  private final Content greeting = new Content.Greeting();
  private final Content.StaticFile file = new Content.StaticFile("f", 1000);

  @Test
  void the_greeting_is_that_text_as_plain_text() {
    assertThatCode(() -> greeting.check(answer(200, PLAIN, "Hello, World!")))
        .doesNotThrowAnyException();
    assertRefused(greeting, answer(200, PLAIN, "Hello, World"), "has 12 bytes for 13");
    assertRefused(greeting, answer(200, PLAIN, "Hello, world!"), "differs from byte 7 on");
    assertRefused(greeting, answer(404, PLAIN, "Hello, World!"), "the status is 404");
    assertRefused(greeting, answer(200, Map.of(), "Hello, World!"), "content type is none");
  }

  @Test
  void a_file_is_compared_to_the_last_byte() {
    byte[] bytes = file.bytes();
    assertThat(bytes).hasSize(1000);
    assertThatCode(() -> file.check(new Answer(200, Map.of(), bytes.clone())))
        .doesNotThrowAnyException();
    byte[] other = bytes.clone();
    other[999]++;
    assertRefused(file, new Answer(200, Map.of(), other), "differs from byte 999 on");
  }

  private static void assertRefused(Content content, Answer answer, String why) {
    assertThatThrownBy(() -> content.check(answer))
        .isInstanceOf(MeasurementException.class)
        .hasMessageContaining(why);
  }

  private static Answer answer(int status, Map<String, String> headers, String body) {
    return new Answer(status, headers, body.getBytes(StandardCharsets.US_ASCII));
  }
}
