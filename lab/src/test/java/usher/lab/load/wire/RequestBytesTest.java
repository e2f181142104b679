package usher.lab.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.testkit.Seeds;

final class RequestBytesTest {
  private static final ByteBuffer BLOCK = RequestBytes.block();

  private static String all(RequestBytes request, long atMost) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (all.size() < request.size()) {
      ByteBuffer some = request.from(all.size(), atMost);
      byte[] bytes = new byte[some.remaining()];
      some.get(bytes);
      assertThat(bytes.length).isPositive();
      assertThat((long) bytes.length).isLessThanOrEqualTo(atMost);
      all.writeBytes(bytes);
    }
    return all.toString(StandardCharsets.US_ASCII);
  }

  @Test
  void a_request_without_a_body_names_its_target_and_host() {
    RequestBytes request = RequestBytes.http("GET", "/a?b", "h:1", false, 0, BLOCK);

    assertThat(all(request, Long.MAX_VALUE)).isEqualTo("GET /a?b HTTP/1.1\r\nHost: h:1\r\n\r\n");
  }

  @Test
  void a_request_that_is_the_last_one_says_so_and_an_empty_post_has_a_length() {
    RequestBytes request = RequestBytes.http("POST", "/", "h", true, 0, BLOCK);

    assertThat(all(request, Long.MAX_VALUE))
        .isEqualTo("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 16_383, 16_384, 16_385, 65_535, 65_536, 65_537, 200_000})
  void a_body_has_its_length_in_whatever_parts_it_is_taken(long body) {
    RequestBytes request = RequestBytes.http("PUT", "/", "h", false, body, BLOCK);
    String whole = all(request, Long.MAX_VALUE);

    assertThat(whole).contains("Content-Length: " + body + "\r\n");
    assertThat((long) whole.length()).isEqualTo(request.size());
    assertThat((long) whole.substring(whole.indexOf("\r\n\r\n") + 4).length()).isEqualTo(body);
    Seeds.each(3, gen -> assertThat(all(request, gen.between(50, 70_000))).isEqualTo(whole));
  }

  @Test
  void a_line_ends_with_its_line_feed_and_has_no_other() {
    assertThat(all(RequestBytes.line(1), 9)).isEqualTo("\n");
    assertThat(all(RequestBytes.line(4), 9)).isEqualTo("abc\n");
    assertThat(all(RequestBytes.line(65_536), 65_536).indexOf('\n')).isEqualTo(65_535);
    assertThatThrownBy(() -> RequestBytes.line(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RequestBytes.line(65_537))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_datagram_bears_its_number() {
    RequestBytes datagram = RequestBytes.datagram(12);

    ByteBuffer bytes = datagram.numbered(77);
    assertThat(bytes.remaining()).isEqualTo(12);
    assertThat(bytes.getLong(0)).isEqualTo(77);
    assertThat(RequestBytes.datagram(8).numbered(-1).remaining()).isEqualTo(8);
    assertThat(RequestBytes.datagram(65_507).numbered(1).remaining()).isEqualTo(65_507);
    assertThatThrownBy(() -> RequestBytes.datagram(7)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> RequestBytes.datagram(65_508))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
