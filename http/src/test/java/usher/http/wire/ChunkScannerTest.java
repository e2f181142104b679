package usher.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import usher.session.Limits;
import usher.testkit.drive.Trials;

final class ChunkScannerTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void refused(int status, String message, String text) {
    var scanner = new ChunkScanner(Limits.DEFAULT, 1_000);
    assertThatExceptionOfType(Rejection.class)
        .isThrownBy(() -> scanner.scan(ByteBuffer.wrap(bytes(text)), new byte[10_000], 0, 10_000))
        .withMessage(message)
        .satisfies(r -> assertThat(r.status()).isEqualTo(status));
  }

  @Test
  void data_stops_where_the_room_ends() {
    var scanner = new ChunkScanner(Limits.DEFAULT, 1_000);
    ByteBuffer in = ByteBuffer.wrap(bytes("5\r\nabcde\r\n3\r\nfgh\r\n0\r\n\r\nrest"));
    var into = new byte[10];
    assertThat(scanner.scan(in, into, 0, 0)).isZero();
    assertThat(scanner.ahead()).isEqualTo(5);
    assertThat(scanner.scan(in, into, 2, 3)).isEqualTo(3);
    assertThat(scanner.ahead()).isEqualTo(2);
    assertThat(scanner.scan(in, into, 5, 4)).isEqualTo(4);
    assertThat(scanner.done()).isFalse();
    assertThat(scanner.scan(in, into, 9, 1)).isEqualTo(1);
    assertThat(into).isEqualTo(bytes("\0\0abcdefgh"));
    assertThat(scanner.done()).isTrue();
    assertThat(scanner.ahead()).isZero();
    assertThat(in.remaining()).isEqualTo(4);
    assertThat(scanner.scan(in, into, 0, 10)).isZero();
    assertThat(in.remaining()).isEqualTo(4);
    assertThat(scanner.trailerFields().size()).isZero();
  }

  @Test
  void a_body_comes_out_whole_however_it_is_cut() {
    Trials.run(
        300,
        dice -> {
          var wire = new ByteArrayOutputStream();
          var body = new ByteArrayOutputStream();
          for (int i = dice.below(5); i > 0; i--) {
            byte[] data = dice.bytes(dice.between(1, 70));
            body.writeBytes(data);
            String size = Integer.toHexString(data.length);
            size = dice.once(2) ? size.toUpperCase(java.util.Locale.ROOT) : "000" + size;
            wire.writeBytes(bytes(size + dice.of("", ";", ";a", ";a=\"b c\"; d") + "\r\n"));
            wire.writeBytes(data);
            wire.writeBytes(bytes("\r\n"));
          }
          wire.writeBytes(bytes(dice.of("0", "00000", "0;last") + "\r\n"));
          int trailers = dice.below(3);
          wire.writeBytes(bytes("T: t\r\n".repeat(trailers) + "\r\n"));
          var scanner = new ChunkScanner(Limits.DEFAULT, body.size());
          var read = new ByteArrayOutputStream();
          byte[] all = wire.toByteArray();
          int at = 0;
          while (!scanner.done()) {
            int count = Math.min(all.length - at, dice.between(1, dice.of(1, 3, 50)));
            ByteBuffer in = ByteBuffer.wrap(all, at, count);
            var into = new byte[dice.between(1, 20)];
            int put = scanner.scan(in, into, 0, into.length);
            read.write(into, 0, put);
            at = in.position();
          }
          assertThat(at).isEqualTo(all.length);
          assertThat(read.toByteArray()).isEqualTo(body.toByteArray());
          assertThat(scanner.trailerFields().size()).isEqualTo(trailers);
        });
  }

  @Test
  void the_limit_of_the_data_is_exact() {
    var scanner = new ChunkScanner(Limits.DEFAULT, 5);
    var into = new byte[10];
    scanner.scan(ByteBuffer.wrap(bytes("2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n")), into, 0, 10);
    assertThat(scanner.done()).isTrue();
    var smaller = new ChunkScanner(Limits.DEFAULT, 4);
    assertThatExceptionOfType(Rejection.class)
        .isThrownBy(() -> smaller.scan(ByteBuffer.wrap(bytes("2\r\nab\r\n3\r\n")), into, 0, 10))
        .withMessage("the body is too large");
  }

  @Test
  void the_limit_of_extensions_is_exact() {
    String most = ";" + "x".repeat(ChunkScanner.EXTENSION_BYTES - 1);
    var scanner = new ChunkScanner(Limits.DEFAULT, 1_000);
    scanner.scan(ByteBuffer.wrap(bytes("1" + most + "\r\nx\r\n0\r\n\r\n")), new byte[1], 0, 1);
    assertThat(scanner.done()).isTrue();
    refused(400, "the chunk extensions are too long", "1" + most + "x");
    refused(400, "the chunk extensions are too long", "1" + most + "\r\nx\r\n1;");
  }

  @Test
  void the_limit_of_digits_is_exact() {
    var scanner = new ChunkScanner(Limits.DEFAULT, 1_000);
    scanner.scan(ByteBuffer.wrap(bytes("0000000000000001\r\nx")), new byte[1], 0, 1);
    assertThat(scanner.done()).isFalse();
    refused(400, "the size of a chunk has too many digits", "00000000000000001");
    refused(413, "the body is too large", "7fffffffffffffff\r\n");
    refused(413, "the body is too large", "8000000000000000\r\n");
  }

  @Test
  void trailers_have_the_limits_of_a_head() {
    Limits limits = Limits.DEFAULT.withHeadBytes(64).withHeadFields(2);
    var into = new byte[0];
    var enough = new ChunkScanner(limits, 0);
    enough.scan(
        ByteBuffer.wrap(bytes("0\r\nA: 1\r\nB: " + "x".repeat(51) + "\r\n\r\n")), into, 0, 0);
    assertThat(enough.done()).isTrue();
    assertThat(enough.trailerFields().value(1)).hasSize(51);
    var large = new ChunkScanner(limits, 0);
    assertThatExceptionOfType(Rejection.class)
        .isThrownBy(
            () ->
                large.scan(
                    ByteBuffer.wrap(bytes("0\r\nA: 1\r\nB: " + "x".repeat(52) + "\r\n\r\n")),
                    into,
                    0,
                    0))
        .withMessage("the trailers are too large")
        .satisfies(r -> assertThat(r.status()).isEqualTo(431));
    var many = new ChunkScanner(limits, 0);
    assertThatExceptionOfType(Rejection.class)
        .isThrownBy(() -> many.scan(ByteBuffer.wrap(bytes("0\r\nA: 1\r\nB: 2\r\nC")), into, 0, 0))
        .withMessage("too many trailer fields")
        .satisfies(r -> assertThat(r.status()).isEqualTo(431));
  }
}
