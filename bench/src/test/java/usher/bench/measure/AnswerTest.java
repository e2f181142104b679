package usher.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

  @Test
  void reads_status_headers_and_body_and_leaves_what_follows() throws IOException {
    InputStream in = stream(HEAD + "Content-Length:  5 \r\n\r\nHelloHTTP/1.1 500");
    Answer answer = Answer.read(in);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers())
        .containsEntry("content-type", "text/plain")
        .containsEntry("content-length", "5");
    assertThat(answer.body()).asString(StandardCharsets.US_ASCII).isEqualTo("Hello");
    assertThat(in.readAllBytes()).hasSize("HTTP/1.1 500".length());
  }

  @Test
  void a_carriage_return_within_a_line_does_not_end_the_head() throws IOException {
    Answer answer = Answer.read(stream(HEAD + "X: a\r\r\nContent-Length: 1\r\n\r\n!"));
    assertThat(answer.body()).hasSize(1);
  }

  @Test
  void an_answer_that_ends_early_is_refused() {
    assertRefused(HEAD, "ended before a whole answer");
    assertRefused(HEAD + "Content-Length: 5\r\n\r\nHell", "ends after 4 of 5 bytes");
  }

  @Test
  void an_answer_without_a_length_or_with_a_bad_one_is_refused() {
    assertRefused(HEAD + "\r\n", "without a Content-Length");
    assertRefused(HEAD + "Content-Length: five\r\n\r\n", "not a number");
  }

  @Test
  void something_else_than_an_answer_is_refused() {
    assertRefused("SSH-2.0-x\r\n\r\n", "not an HTTP answer");
    assertRefused(HEAD + "no colon\r\n\r\n", "not a header");
    assertRefused("HTTP/1.1 200 " + "x".repeat(16 * 1024), "longer than");
  }

  @Test
  void an_excerpt_is_one_short_line() {
    byte[] body = ("a\n\tb" + "c".repeat(300)).getBytes(StandardCharsets.US_ASCII);
    assertThat(new Answer(404, Map.of(), body).excerpt()).isEqualTo("a b" + "c".repeat(197));
  }

  private static void assertRefused(String text, String why) {
    assertThatThrownBy(() -> Answer.read(stream(text)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }
}
