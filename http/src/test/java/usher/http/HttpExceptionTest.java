package usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import usher.testkit.drive.Rehearsal;

final class HttpExceptionTest {
  @Test
  void headers_of_a_thrown_answer_are_sent_with_its_page() {
    HttpHandler handler =
        request -> {
          throw new HttpException(405, "read only").withHeader("Allow", "GET").withHeader("X", "y");
        };
    var rehearsal = Rehearsal.of(HttpProtocol.of(handler));
    rehearsal.send("PUT /a HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(rehearsal.text())
        .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
        .contains("\r\nAllow: GET\r\n")
        .contains("\r\nX: y\r\n")
        .endsWith("405 Method Not Allowed: read only\n");
  }

  @Test
  void what_is_thrown_stays_what_it_was_with_a_header_more() {
    var cause = new IllegalStateException("why");
    var thrown = new HttpException(500, "broken", cause);
    HttpException more = thrown.withHeader("X", "y").withHeader("x", "z");
    assertThat(more.status()).isEqualTo(500);
    assertThat(more).hasMessage("broken").hasCause(cause);
    assertThat(more.headers().all("X")).containsExactly("z");
    assertThat(more.getStackTrace()).isEqualTo(thrown.getStackTrace());
    assertThat(thrown.headers().size()).isZero();
  }

  @Test
  void headers_that_may_not_be_sent_are_refused() {
    var thrown = new HttpException(404, "gone");
    assertThatThrownBy(() -> thrown.withHeader("X", "a\r\nb"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> thrown.withHeader("Transfer-Encoding", "chunked"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
