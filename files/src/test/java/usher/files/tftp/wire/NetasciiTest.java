package usher.files.tftp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import usher.testkit.Seeds;

final class NetasciiTest {
  private static byte[] bytes(String text) {
    return text.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] taken(ByteBuffer out) {
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  /// Input and room for output come in pieces.
  private static byte[] encoded(byte[] text, int piece, int room) {
    ByteBuffer all = ByteBuffer.allocate(2 * text.length);
    Netascii netascii = new Netascii();
    for (int i = 0; i < text.length || netascii.pending(); ) {
      ByteBuffer in = ByteBuffer.wrap(text, i, Math.min(piece, text.length - i));
      ByteBuffer out = ByteBuffer.allocate(room);
      netascii.encode(in, out);
      i = in.position();
      all.put(out.flip());
    }
    return taken(all);
  }

  private static byte[] decoded(byte[] wire, int piece) {
    ByteBuffer all = ByteBuffer.allocate(2 * wire.length + 1);
    Netascii netascii = new Netascii();
    for (int i = 0; i < wire.length; i += piece) {
      ByteBuffer out = ByteBuffer.allocate(piece + 1);
      netascii.decode(ByteBuffer.wrap(wire, i, Math.min(piece, wire.length - i)), out);
      all.put(out.flip());
    }
    netascii.finish(all);
    return taken(all);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "plain, plain",
    "'a\\nb\\n', 'a\\r\\nb\\r\\n'",
    "'a\\rb', 'a\\r\\0b'",
    "'\\r\\n', '\\r\\0\\r\\n'",
    "'\\r', '\\r\\0'",
    "'\\0\\377', '\\0\\377'"
  })
  void is_as_terminals_have_it_however_it_is_cut(String here, String wire) {
    for (int piece = 1; piece < 5; piece++) {
      for (int room = 1; room < 5; room++) {
        assertThat(encoded(bytes(here), piece, room)).isEqualTo(bytes(wire));
      }
      assertThat(decoded(bytes(wire), piece)).isEqualTo(bytes(here));
    }
  }

  @ParameterizedTest
  @CsvSource({"'a\\rb', 'a\\rb'", "'\\r\\r\\n', '\\r\\n'", "'end\\r', 'end\\r'", "'\\n', '\\n'"})
  void a_CR_before_anything_else_stays(String wire, String here) {
    for (int piece = 1; piece < 5; piece++) {
      assertThat(decoded(bytes(wire), piece)).isEqualTo(bytes(here));
    }
  }

  @Test
  void every_file_comes_back_as_it_was() {
    Seeds.each(
        5_000,
        gen -> {
          byte[] text = gen.text(0, 30, "\r\n\0ab").getBytes(StandardCharsets.ISO_8859_1);
          byte[] wire = encoded(text, gen.between(1, 7), gen.between(1, 7));
          assertThat(decoded(wire, gen.between(1, 7))).isEqualTo(text);
        });
  }
}
