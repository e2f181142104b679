package usher.files.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import usher.files.disk.FolderRules;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.Packet.Ack;
import usher.files.tftp.wire.Packet.Fault;
import usher.files.tftp.wire.Packet.OptionAck;

/// Options and windows of a server, packet by packet.
final class TftpOptionsTest extends SessionFolder {
  @Test
  void options_are_acknowledged_before_the_first_block() throws IOException {
    file("f", 3_000);
    Side side =
        reader()
            .hear(read("f", "tsize", "0", "blksize", "1024", "timeout", "3", "windowsize", "2"));
    assertThat(side.only())
        .isEqualTo(
            new OptionAck(
                Map.of("tsize", "3000", "blksize", "1024", "timeout", "3", "windowsize", "2")));
    assertThat(side.deadline() - clock.getAsLong()).isEqualTo(Duration.ofSeconds(3).toNanos());
    side.expire();
    assertThat(side.only()).isInstanceOf(OptionAck.class);
    side.hear(new Ack(1));
    assertThat(side.take()).isEmpty();
    side.hear(new Ack(0));
    assertThat(numbers(side.take())).containsExactly(1, 2);
    side.hear(new Ack(2));
    isBlock(side.only(), 3, 952);
    side.hear(new Ack(3));
    assertThat(side.over()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "blksize, 7,",
    "blksize, 8, 8",
    "blksize, 1427, 1427",
    "blksize, 1428, 1428",
    "blksize, 1429, 1428",
    "blksize, 65464, 1428",
    "blksize, 65465,",
    "blksize, x,",
    "windowsize, 0,",
    "windowsize, 1, 1",
    "windowsize, 63, 63",
    "windowsize, 64, 64",
    "windowsize, 65, 64",
    "windowsize, 65535, 64",
    "windowsize, 65536,",
    "timeout, 0,",
    "timeout, 1, 1",
    "timeout, 30, 30",
    "timeout, 31,",
    "timeout, 256,",
    "tsize, 0, 3000",
    "tsize, 77, 3000",
    "tsize, -1,",
    "multicast, '',",
    "BLKSIZE, 8,"
  })
  void an_option_is_agreed_to_within_its_bounds_and_else_not_mentioned(
      String name, String value, String answer) throws IOException {
    file("f", 3_000);
    Packet packet = reader().hear(read("f", name, value)).only();
    if (name.equals("BLKSIZE")) {
      assertThat(packet).isEqualTo(new OptionAck(Map.of("blksize", "8")));
    } else if (answer == null) {
      isBlock(packet, 1, 512);
    } else {
      assertThat(packet).isEqualTo(new OptionAck(Map.of(name, answer)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, 10, 10", "1000, 11, 10", "8, 64, 64", "1001, 10, 9"})
  void a_window_is_bounded_in_bytes_too(int block, int asked, int window) throws IOException {
    file("f", 3_000);
    TftpRules rules = TftpRules.USUAL.withBlocks(1_428, 64, 10_000);
    Side side = Side.of(protocol(FolderRules.USUAL, rules), CLIENT, clock);
    assertThat(side.hear(read("f", "windowsize", "" + asked, "blksize", "" + block)).only())
        .isEqualTo(new OptionAck(Map.of("windowsize", "" + window, "blksize", "" + block)));
  }

  @Test
  void a_client_that_refuses_the_options_ends_it() throws IOException {
    file("f", 3_000);
    Side side = reader().hear(read("f", "blksize", "1024"));
    side.take();
    side.hear(new Fault(8, "no"));
    assertThat(side.take()).isEmpty();
    assertThat(side.over()).isTrue();
  }

  @Test
  void an_answer_within_a_window_has_the_rest_sent_again() throws IOException {
    file("f", 10_000);
    Side side = reader().hear(read("f", "windowsize", "4"));
    side.take();
    side.hear(new Ack(0));
    assertThat(numbers(side.take())).containsExactly(1, 2, 3, 4);
    side.hear(new Ack(2));
    assertThat(numbers(side.take())).containsExactly(3, 4, 5, 6);
    side.hear(new Ack(2));
    assertThat(side.take()).isEmpty();
    side.hear(new Ack(6));
    assertThat(numbers(side.take())).containsExactly(7, 8, 9, 10);
    side.expire();
    assertThat(numbers(side.take())).containsExactly(7, 8, 9, 10);
    side.hear(new Ack(11)).hear(new Ack(6)).hear(new Ack(5));
    assertThat(side.take()).isEmpty();
  }
}
