package usher.files.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.files.tftp.wire.Packet.Ack;
import usher.files.tftp.wire.Packet.Data;
import usher.files.tftp.wire.Packet.OptionAck;
import usher.files.tftp.wire.Packet.Request;
import usher.session.Session;

/// Files that are written to a server, packet by packet.
final class TftpWritingTest extends SessionFolder {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 1024, 5_000})
  void a_file_is_written_and_is_there_before_its_end_is_acknowledged(int size) throws IOException {
    byte[] bytes = content(size);
    Side side = writer().hear(write("f"));
    assertThat(side.only()).isEqualTo(new Ack(0));
    for (int at = 0, number = 1; at <= size; at += 512, number++) {
      assertThat(folder.resolve("f")).doesNotExist();
      byte[] block = Arrays.copyOfRange(bytes, at, Math.min(size, at + 512));
      side.hear(new Data(number, block));
      assertThat(side.only()).isEqualTo(new Ack(number));
    }
    assertThat(folder.resolve("f")).hasBinaryContent(bytes);
  }

  @Test
  void after_the_end_a_client_that_has_not_heard_it_is_told_again() throws IOException {
    TftpProtocol protocol = protocol(OPEN, TftpRules.USUAL);
    Side side = Side.of(protocol, CLIENT, clock).hear(write("f"));
    assertThat(protocol.transfers()).isEqualTo(1);
    side.hear(new Data(1, new byte[3]));
    assertThat(side.take()).containsExactly(new Ack(0), new Ack(1));
    // It keeps nobody out.
    assertThat(protocol.transfers()).isZero();
    assertThat(side.deadline() - clock.getAsLong()).isEqualTo(Duration.ofMillis(1_500).toNanos());
    for (int seconds : new int[] {3, 6, 12, 12, 12}) {
      side.hear(new Data(1, new byte[3]));
      assertThat(side.only()).isEqualTo(new Ack(1));
      assertThat(side.deadline() - clock.getAsLong())
          .isEqualTo(Duration.ofSeconds(seconds).toNanos());
    }
    clock.advance(1);
    side.hear(new Data(1, new byte[3]));
    assertThat(side.only()).isEqualTo(new Ack(1));
    assertThat(side.deadline() - clock.getAsLong()).isEqualTo(Duration.ofSeconds(12).toNanos() - 1);
    side.expire();
    assertThat(side.take()).isEmpty();
    assertThat(side.over()).isTrue();
    assertThat(protocol.transfers()).isZero();
  }

  @Test
  void a_drain_lets_a_transfer_end_but_does_not_wait_after_it() throws IOException {
    Side side = writer().hear(write("f"));
    side.drain(Session.UNHURRIED);
    side.drain(0);
    assertThat(side.over()).isFalse();
    side.hear(new Data(1, new byte[3]));
    assertThat(side.take()).containsExactly(new Ack(0), new Ack(1));
    assertThat(side.over()).isTrue();
  }

  @Test
  void a_block_that_comes_twice_is_written_once_and_answered_again_if_it_is_the_last()
      throws IOException {
    Side side = writer().hear(write("f"));
    side.hear(new Data(1, content(512)));
    side.take();
    side.hear(new Data(1, content(512)));
    assertThat(side.only()).isEqualTo(new Ack(1));
    side.hear(new Data(2, content(512)));
    assertThat(side.only()).isEqualTo(new Ack(2));
    side.hear(new Data(1, content(512))).hear(new Data(4, content(512)));
    assertThat(side.take()).isEmpty();
    side.hear(new Data(3, new byte[0]));
    assertThat(folder.resolve("f")).hasSize(1024);
  }

  @Test
  void a_window_is_acknowledged_at_its_end_and_a_gap_once() throws IOException {
    Side side = writer().hear(write("f", "windowsize", "3"));
    assertThat(side.only()).isEqualTo(new OptionAck(Map.of("windowsize", "3")));
    side.hear(new Data(1, content(512))).hear(new Data(2, content(512)));
    assertThat(side.take()).isEmpty();
    side.hear(new Data(3, content(512)));
    assertThat(side.only()).isEqualTo(new Ack(3));
    side.hear(new Data(4, content(512)));
    side.hear(new Data(6, content(512)));
    assertThat(side.only()).isEqualTo(new Ack(4));
    side.hear(new Data(6, content(512))).hear(new Data(7, content(512)));
    assertThat(side.take()).isEmpty();
    side.hear(new Data(5, content(512))).hear(new Data(6, content(512)));
    side.hear(new Data(7, new byte[9]));
    assertThat(side.only()).isEqualTo(new Ack(7));
    assertThat(folder.resolve("f")).hasSize(6 * 512 + 9);
  }

  @Test
  void a_silent_client_is_asked_again_and_then_forgotten_with_what_it_sent() throws IOException {
    Side side = writer().hear(write("f"));
    side.hear(new Data(1, content(512)));
    side.take();
    for (int i = 0; i < 5; i++) {
      side.expire();
      assertThat(side.only()).isEqualTo(new Ack(1));
    }
    side.expire();
    assertThat(side.over()).isTrue();
    assertThat(folder.resolve("f")).doesNotExist();
    assertThat(left()).isEmpty();
  }

  @Test
  void text_is_stored_with_the_line_ends_of_this_machine() throws IOException {
    Side side = writer().hear(new Request(true, "f", "netascii", Map.of()));
    byte[] block = ("x".repeat(511) + "\r").getBytes(StandardCharsets.US_ASCII);
    side.hear(new Data(1, block)).hear(new Data(2, "\n\r\0\r".getBytes(StandardCharsets.US_ASCII)));
    assertThat(folder.resolve("f")).hasContent("x".repeat(511) + "\n\r\r");
  }
}
