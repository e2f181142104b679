package usher.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import usher.session.Limits;
import usher.testkit.drive.Trials;

final class HeadScannerTest {
  private static ByteBuffer buffer(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Head head(String text) {
    HeadScanner scanner = HeadScanner.ofRequest(Limits.DEFAULT);
    assertThat(scanner.scan(buffer(text), 512)).isTrue();
    return scanner.head();
  }

  @Test
  void bytes_behind_the_head_are_left() {
    ByteBuffer in = buffer("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /");
    HeadScanner scanner = HeadScanner.ofRequest(Limits.DEFAULT);
    assertThat(scanner.scan(in, 512)).isTrue();
    assertThat(in.remaining()).isEqualTo(5);
    assertThat(scanner.length()).isEqualTo(27);
  }

  @Test
  void a_head_needs_no_array_behind_its_buffer() {
    ByteBuffer in = ByteBuffer.allocateDirect(100);
    in.put("xxGET / HTTP/1.1\r\nHost: a\r\n\r\nyy".getBytes(StandardCharsets.ISO_8859_1));
    in.flip().position(2);
    HeadScanner scanner = HeadScanner.ofRequest(Limits.DEFAULT);
    assertThat(scanner.scan(in, 512)).isTrue();
    assertThat(scanner.head().value(0)).isEqualTo("a");
    assertThat(in.remaining()).isEqualTo(2);
  }

  @Test
  void parts_are_found() {
    Head head = head("PROPFIND /a HTTP/1.0\r\nA:\t b \t\r\nB:\r\nc: d\t e\r\nD: \r\n\r\n");
    assertThat(head.method()).isEqualTo("PROPFIND");
    assertThat(head.target()).isEqualTo("/a");
    assertThat(head.minor()).isZero();
    assertThat(head.size()).isEqualTo(4);
    assertThat(head.value(0)).isEqualTo("b");
    assertThat(head.value(1)).isEmpty();
    assertThat(head.value(2)).isEqualTo("d\t e");
    assertThat(head.value(3)).isEmpty();
    assertThat(head.first("C")).isEqualTo("d\t e");
    assertThat(head.first("x")).isNull();
    assertThat(head.named(2, "C")).isTrue();
    assertThat(head.named(2, "cc")).isFalse();
    assertThatThrownBy(() -> head.name(4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> head.value(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void methods_are_told_apart() {
    for (String method :
        new String[] {
          "GET", "PUT", "POST", "HEAD", "GOT", "PUP", "POSE", "HEAP", "SET", "CUT", "HOST", "READ",
          "G", "DELETE", "GETS", "get"
        }) {
      assertThat(head(method + " / HTTP/1.1\r\n\r\n").method()).isEqualTo(method);
    }
  }

  @Test
  void a_head_is_asked_for_when_it_is_complete() {
    HeadScanner scanner = HeadScanner.ofRequest(Limits.DEFAULT);
    scanner.scan(buffer("GET / HTTP/1.1\r\n"), 512);
    assertThatThrownBy(scanner::head).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_guess_changes_nothing_but_the_room() {
    String text = "GET / HTTP/1.1\r\nHost: " + "a".repeat(300) + "\r\n\r\n";
    for (int guess : new int[] {1, 2, 64, text.length() - 1, text.length(), 10_000}) {
      HeadScanner scanner = HeadScanner.ofRequest(Limits.DEFAULT);
      ByteBuffer in = buffer(text + "rest");
      assertThat(scanner.scan(in, guess)).isTrue();
      assertThat(scanner.head().value(0)).hasSize(300);
      assertThat(in.remaining()).isEqualTo(4);
    }
  }

  @Test
  void work_is_linear_however_a_head_is_cut() {
    String text =
        "GET /"
            + "a".repeat(5_000)
            + " HTTP/1.1\r\nX: "
            + "b ".repeat(2_000)
            + "\r\n"
            + "Y: z\r\n".repeat(99)
            + "\r\n";
    Trials.run(
        50,
        dice -> {
          HeadScanner scanner = HeadScanner.ofRequest(Limits.DEFAULT);
          byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
          int step = dice.of(1, 1, 2, 7, 100, 5_000);
          boolean done = false;
          for (int i = 0; i < bytes.length; i += step) {
            int count = Math.min(step, bytes.length - i);
            done = scanner.scan(ByteBuffer.wrap(bytes, i, count), dice.between(1, 600));
          }
          assertThat(done).isTrue();
          // Each byte is looked at once, and moved less than twice as the array doubles.
          assertThat(scanner.work()).isBetween((long) bytes.length, 3L * bytes.length);
        });
  }

  @Test
  void values_are_scanned_alike_at_every_place() {
    for (int lead = 0; lead < 20; lead++) {
      for (int c = 0; c < 256; c++) {
        var bytes = new byte[40];
        java.util.Arrays.fill(bytes, (byte) 'x');
        bytes[lead] = (byte) c;
        boolean allowed = c == '\t' || (c >= ' ' && c != 0x7f);
        assertThat(Octets.skipValue(bytes, 0, 40)).isEqualTo(allowed ? 40 : lead);
        // Each neighbour that could be mistaken because of a borrow.
        bytes[lead + 1] = ' ';
        bytes[lead + 2] = (byte) 0x80;
        assertThat(Octets.skipValue(bytes, 0, 40)).isEqualTo(allowed ? 40 : lead);
        assertThat(Octets.skipValue(bytes, 0, lead + 1)).isEqualTo(allowed ? lead + 1 : lead);
      }
    }
  }
}
