package usher.lab.load.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.lab.load.wire.Answer.Progress;
import usher.testkit.Gen;
import usher.testkit.Seeds;
import usher.testkit.Split;
import usher.testkit.Splits;

final class HttpAnswerTest {
  /// What became of input: how it ended, what it was, and how many bytes belonged to it.
  private record Outcome(Progress progress, int status, long length, boolean last, long used) {}

  private static final String CHUNKED =
      """
      HTTP/1.1 200 OK
      Transfer-Encoding: chunked
      Date: today

      5;a=b
      hello
      A
      0123456789
      0
      Trailer: x

      """
          .replace("\n", "\r\n");

  private static Outcome read(List<byte[]> parts, boolean bodiless) {
    HttpAnswer answer = new HttpAnswer();
    answer.begin(bodiless);
    Progress progress = Progress.MORE;
    long used = 0;
    for (byte[] part : parts) {
      ByteBuffer bytes = ByteBuffer.wrap(part);
      progress = answer.read(bytes);
      used += bytes.position();
      if (progress != Progress.MORE) {
        break;
      }
      assertThat(bytes.hasRemaining()).isFalse();
    }
    return progress == Progress.WHOLE
        ? new Outcome(progress, answer.status(), answer.length(), answer.last(), used)
        : new Outcome(progress, 0, 0, false, 0);
  }

  private static Outcome read(String text) {
    return read(List.of(bytes(text)), false);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String head(String... fields) {
    return "HTTP/1.1 200 OK\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
  }

  @Test
  void a_length_says_where_the_body_ends() {
    String answer = "HTTP/1.1 404 Not Found\r\ncontent-LENGTH: \t5 \r\n\r\nhello";

    assertThat(read(answer + "HTTP/1.1 200"))
        .isEqualTo(new Outcome(Progress.WHOLE, 404, 5, false, answer.length()));
  }

  @Test
  void chunks_are_summed_up() {
    assertThat(read(CHUNKED))
        .isEqualTo(new Outcome(Progress.WHOLE, 200, 15, false, CHUNKED.length()));
  }

  @Test
  void a_body_without_a_length_ends_with_the_connection() {
    HttpAnswer answer = new HttpAnswer();
    answer.begin(false);

    assertThat(answer.read(ByteBuffer.wrap(bytes("HTTP/1.1 200 OK\r\n\r\nabc"))))
        .isEqualTo(Progress.MORE);
    assertThat(answer.read(ByteBuffer.wrap(bytes("de")))).isEqualTo(Progress.MORE);
    assertThat(answer.end()).isEqualTo(Progress.WHOLE);
    assertThat(answer.length()).isEqualTo(5);
    assertThat(answer.last()).isTrue();
  }

  @Test
  void an_end_before_the_end_breaks_the_answer() {
    for (Split split : Splits.twoWay(bytes(CHUNKED))) {
      HttpAnswer answer = new HttpAnswer();
      answer.begin(false);
      answer.read(ByteBuffer.wrap(split.parts().getFirst()));

      assertThat(answer.end()).as(split.name()).isEqualTo(Progress.BROKEN);
    }
  }

  @Test
  void an_answer_to_head_and_those_without_content_have_no_body() {
    String head = head("Content-Length: 10");

    assertThat(read(List.of(bytes(head)), true))
        .isEqualTo(new Outcome(Progress.WHOLE, 200, 0, false, head.length()));
    for (int status : new int[] {204, 304}) {
      String bare = "HTTP/1.1 " + status + " -\r\nContent-Length: 10\r\n\r\n";
      assertThat(read(bare).progress()).isEqualTo(Progress.WHOLE);
    }
  }

  @Test
  void interim_answers_are_passed_over() {
    String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\n";

    assertThat(read(interim + head("Content-Length: 0")).status()).isEqualTo(200);
  }

  @Test
  void says_whether_the_connection_ends() {
    assertThat(read(head("Content-Length: 0", "Connection: foo , Close")).last()).isTrue();
    assertThat(read(head("Content-Length: 0", "Connection: keep-alive")).last()).isFalse();
    assertThat(read(head("Content-Length: 0", "Connection: closed")).last()).isFalse();
    assertThat(read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n").last()).isTrue();
    assertThat(
            read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: Keep-Alive\r\n\r\n").last())
        .isFalse();
  }

  @Test
  void a_reader_is_good_for_the_next_answer() {
    HttpAnswer answer = new HttpAnswer();
    ByteBuffer both =
        ByteBuffer.wrap(bytes(CHUNKED + head("Content-Length: 2", "Connection: close") + "ab"));
    answer.begin(false);
    assertThat(answer.read(both)).isEqualTo(Progress.WHOLE);
    answer.begin(false);
    assertThat(answer.read(both)).isEqualTo(Progress.WHOLE);

    assertThat(answer.length()).isEqualTo(2);
    assertThat(answer.last()).isTrue();
    assertThat(both.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.2 200 OK\r\n\r\n",
        "http/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n",
        "HTTP/1.1 600 OK\r\n\r\n",
        "HTTP/1.1  200 OK\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\n\n",
        "HTTP/1.1 200 OK\r\nA: b\nC: d\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA: \u0000\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\n: nameless\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
        "HTTP/1.1 200 OK\r\n folded: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1234567890123456789\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5x\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1234567890abcdef\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nnothing\r\n\r\n"
      })
  void what_only_looks_like_an_answer_is_broken_however_it_comes(String text) {
    Seeds.each(
        1,
        gen -> {
          for (Split split : Splits.all(bytes(text), 5, gen)) {
            assertThat(read(split.parts(), false).progress())
                .as(split.name())
                .isEqualTo(Progress.BROKEN);
          }
        });
  }

  @Test
  void the_same_length_twice_is_no_contradiction_and_eighteen_digits_are_a_length() {
    assertThat(read(head("Content-Length: 1", "Content-Length: 1") + "x").length()).isEqualTo(1);
    assertThat(read(head("Content-Length: 123456789012345678")).progress())
        .isEqualTo(Progress.MORE);
    assertThat(read(head("Transfer-Encoding: chunked") + "7fffffffffffff0\r\n").progress())
        .isEqualTo(Progress.MORE);
  }

  @Test
  void a_head_has_a_limit() {
    String start = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA: ";
    String end = "\r\n\r\n";
    int room = HttpAnswer.HEAD - start.length() - end.length();

    assertThat(read(start + "x".repeat(room - 1) + end).progress()).isEqualTo(Progress.WHOLE);
    assertThat(read(start + "x".repeat(room) + end).progress()).isEqualTo(Progress.WHOLE);
    assertThat(read(start + "x".repeat(room + 1) + end).progress()).isEqualTo(Progress.BROKEN);
  }

  @Test
  void long_fields_are_read_and_forgotten() {
    String field = "X-Long: " + "y".repeat(5_000);

    assertThat(read(head(field, "Content-Length: 3", field) + "abc").length()).isEqualTo(3);
  }

  @Test
  void whatever_comes_in_whatever_parts_it_is_the_same_to_it() {
    List<String> answers =
        List.of(
            CHUNKED,
            head("Content-Length: 5") + "hello",
            "HTTP/1.1 100 Continue\r\n\r\n" + head("Content-Length: 1", "Connection: close") + "x",
            "HTTP/1.0 500 No\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n");
    Seeds.each(
        200,
        gen -> {
          byte[] input = bytes(gen.oneOf(answers) + gen.oneOf(answers));
          for (int i = gen.between(0, 3); i > 0; i--) {
            input = gen.damaged(input);
          }
          same(input, gen);
        });
  }

  private static void same(byte[] input, Gen gen) {
    Outcome whole = read(List.of(input), false);
    for (Split split : Splits.all(input, 10, gen)) {
      assertThat(read(split.parts(), false))
          .as("%s of %s", split.name(), new String(input, StandardCharsets.ISO_8859_1))
          .isEqualTo(whole);
    }
  }
}
