package usher.files.tftp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import usher.testkit.Gen;
import usher.testkit.Seeds;

final class PacketTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Packet read(String text) throws TftpException {
    return Packet.of(ByteBuffer.wrap(bytes(text)));
  }

  private static TftpException refused(String text) {
    return catchThrowableOfType(TftpException.class, () -> read(text));
  }

  private static String written(Packet packet) {
    return StandardCharsets.ISO_8859_1.decode(packet.datagram()).toString();
  }

  @Test
  void reads_a_request_as_RFC_1350_has_it() throws TftpException {
    assertThat(read("\0\1boot.img\0oCtEt\0"))
        .isEqualTo(new Packet.Request(false, "boot.img", "octet", Map.of()));
    assertThat(read("\0\2a\0netascii\0"))
        .isEqualTo(new Packet.Request(true, "a", "netascii", Map.of()));
  }

  @Test
  void reads_options_in_any_case_and_keeps_their_order() throws TftpException {
    Packet packet = read("\0\1f\0octet\0BlkSize\0001432\0tsize\0000\0");

    assertThat(packet)
        .isInstanceOfSatisfying(
            Packet.Request.class,
            request ->
                assertThat(List.copyOf(request.options().entrySet()))
                    .containsExactly(Map.entry("blksize", "1432"), Map.entry("tsize", "0")));
  }

  @Test
  void a_name_may_be_that_of_an_option() throws TftpException {
    Packet packet = new Packet.Request(false, "blksize", "octet", Map.of("blksize", "8"));

    assertThat(written(packet)).isEqualTo("\0\1blksize\0octet\0blksize\0008\0");
    assertThat(Packet.of(packet.datagram())).isEqualTo(packet);
  }

  @Test
  void writes_each_kind_as_the_RFCs_draw_it() {
    assertThat(written(new Packet.Data(0x0102, bytes("xyz")))).isEqualTo("\0\3\1\2xyz");
    assertThat(written(new Packet.Data(1, bytes("")))).isEqualTo("\0\3\0\1");
    assertThat(written(new Packet.Ack(0xFFFE))).isEqualTo("\0\4\u00FF\u00FE");
    assertThat(written(new Packet.Fault(2, "no"))).isEqualTo("\0\5\0\2no\0");
    assertThat(written(new Packet.OptionAck(Map.of("tsize", "9")))).isEqualTo("\0\6tsize\09\0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0",
        "\0\0",
        "\0\7",
        "\1\1f\0octet\0",
        "\0\1",
        "\0\1f",
        "\0\1f\0",
        "\0\1f\0octet",
        "\0\1f\0octet\0blksize",
        "\0\1f\0octet\0blksize\0",
        "\0\1f\0octet\0blksize\0008",
        "\0\3",
        "\0\3\0",
        "\0\4",
        "\0\4\0",
        "\0\4\0\1x",
        "\0\5",
        "\0\5\0",
        "\0\6tsize",
        "\0\6tsize\0"
      })
  void refuses_what_is_cut_or_unknown(String text) {
    assertThat(refused(text).trouble()).isEqualTo(Trouble.ILLEGAL_OPERATION);
  }

  @Test
  void refuses_an_option_that_stands_there_twice() {
    assertThat(refused("\0\1f\0octet\0tsize\0000\0TSIZE\0001\0").trouble())
        .isEqualTo(Trouble.OPTION_REFUSED);
  }

  @Test
  void refuses_a_name_that_is_no_text() {
    assertThat(refused("\0\1\u00FF\0octet\0").trouble()).isEqualTo(Trouble.ACCESS_VIOLATION);
  }

  @Test
  void an_error_may_leave_out_the_end_of_its_text() throws TftpException {
    assertThat(read("\0\5\0\1gone")).isEqualTo(new Packet.Fault(1, "gone"));
    assertThat(read("\0\5\0\1")).isEqualTo(new Packet.Fault(1, ""));
    assertThat(read("\0\5\0\1gone\0more")).isEqualTo(new Packet.Fault(1, "gone"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, OTHER", "1, NOT_FOUND", "2, ACCESS_VIOLATION", "3, NO_SPACE", "4, ILLEGAL_OPERATION",
    "5, UNKNOWN_TRANSFER", "6, EXISTS", "7, NO_SUCH_USER", "8, OPTION_REFUSED", "9, OTHER",
    "65535, OTHER"
  })
  void errors_have_the_codes_of_the_RFCs(int code, Trouble trouble) {
    assertThat(Trouble.of(code)).isEqualTo(trouble);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "7, 7",
    "000000000000000001, 1",
    "0000000000000000001, -1",
    "-1, -1",
    "+1, -1",
    "'', -1",
    "1x, -1",
    "' 1', -1",
    "999999999999999999, 999999999999999999"
  })
  void values_are_plain_numbers(String text, long number) {
    assertThat(Options.number(text)).isEqualTo(number);
  }

  /// Whatever comes is refused, or is a packet that is the same when it is written and read again.
  @Test
  void survives_anything() {
    Seeds.each(
        20,
        gen -> {
          int read = 0;
          for (int i = 0; i < 10_000; i++) {
            read += survives(arbitrary(gen)) ? 1 : 0;
          }
          assertThat(read).isGreaterThan(500);
        });
  }

  private static boolean survives(byte[] any) throws TftpException {
    Packet packet;
    try {
      packet = Packet.of(ByteBuffer.wrap(any));
    } catch (TftpException refused) {
      assertThat(refused.text()).isNotEmpty().hasSizeLessThan(60);
      return false;
    }
    ByteBuffer once = packet.datagram();
    assertThat(Packet.of(once.duplicate()).datagram()).isEqualTo(once);
    if (!(packet instanceof Packet.Fault) && lowerCase(any)) {
      assertThat(once).isEqualTo(ByteBuffer.wrap(any));
    }
    return true;
  }

  private static boolean lowerCase(byte[] any) {
    String text = new String(any, StandardCharsets.ISO_8859_1);
    return any[1] == 3 || any[1] == 4 || text.chars().noneMatch(Character::isUpperCase);
  }

  private static byte[] arbitrary(Gen gen) {
    byte[] any = gen.bytes(0, 40);
    if (gen.chance(0.9) && any.length > 1) {
      any[0] = 0;
      any[1] = (byte) gen.between(0, 7);
      for (int i = 2; i < any.length; i++) {
        if (gen.chance(0.7)) {
          any[i] = (byte) gen.text(1, 1, "\0\0aboctetBLKSIZE123").charAt(0);
        }
      }
    }
    return any;
  }
}
