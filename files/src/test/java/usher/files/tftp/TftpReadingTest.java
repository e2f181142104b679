package usher.files.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import usher.files.tftp.wire.Packet.Ack;
import usher.files.tftp.wire.Packet.Data;
import usher.files.tftp.wire.Packet.Request;

/// Files that are read from a server, packet by packet.
final class TftpReadingTest extends SessionFolder {
  @ParameterizedTest
  @CsvSource({"0, 1, 0", "1, 1, 1", "511, 1, 511", "512, 2, 0", "513, 2, 1", "1024, 3, 0"})
  void a_file_is_read_in_lock_step_and_ends_with_a_short_block(int size, int blocks, int last)
      throws IOException {
    file("f", size);
    Side side = reader().hear(read("f"));
    for (int i = 1; i < blocks; i++) {
      isBlock(side.only(), i, 512);
      side.hear(new Ack(i));
    }
    isBlock(side.only(), blocks, last);
    assertThat(side.over()).isFalse();
    side.hear(new Ack(blocks));
    assertThat(side.take()).isEmpty();
    assertThat(side.over()).isTrue();
  }

  @Test
  void one_slash_before_a_name_is_dropped() throws IOException {
    file("f", 1);
    isBlock(reader().hear(read("/f")).only(), 1, 1);
    isFault(reader().hear(read("//f")).only(), 2);
  }

  @Test
  void a_block_that_is_not_acknowledged_is_sent_again_ever_more_slowly() throws IOException {
    file("f", 600);
    Side side = reader().hear(read("f")).hear(new Ack(0));
    isBlock(side.only(), 1, 512);
    side.hear(new Ack(1));
    isBlock(side.only(), 2, 88);
    for (int seconds : new int[] {1, 2, 4, 8, 8}) {
      assertThat(side.deadline() - clock.getAsLong())
          .isEqualTo(Duration.ofSeconds(seconds).toNanos());
      side.expire();
      isBlock(side.only(), 2, 88);
    }
    side.expire();
    assertThat(side.take()).isEmpty();
    assertThat(side.over()).isTrue();
  }

  @Test
  void the_clock_begins_anew_with_each_block_that_is_acknowledged() throws IOException {
    file("f", 1_600);
    Side side = reader().hear(read("f"));
    side.expire();
    side.expire();
    side.hear(new Ack(1));
    assertThat(side.deadline() - clock.getAsLong()).isEqualTo(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void an_acknowledgement_that_comes_twice_causes_nothing() throws IOException {
    file("f", 2_000);
    Side side = reader().hear(read("f"));
    side.hear(new Ack(1));
    assertThat(numbers(side.take())).containsExactly(1, 2);
    long deadline = side.deadline();
    clock.advance(1_000_000);
    side.hear(new Ack(1)).hear(new Ack(0)).hear(new Ack(3)).hear(new Ack(65_535));
    assertThat(side.take()).isEmpty();
    assertThat(side.deadline()).isEqualTo(deadline);
  }

  @Test
  void who_never_answers_gets_a_bounded_number_of_bytes() throws IOException {
    file("f", 5_000);
    for (Request request :
        List.of(
            read("f"),
            read("f", "blksize", "1428"),
            read("f", "blksize", "1428", "windowsize", "64", "tsize", "0", "timeout", "1"))) {
      Side side = reader().hear(request);
      while (!side.over()) {
        side.expire();
      }
      List<ByteBuffer> sent = side.takeBytes();
      assertThat(sent).hasSize(4);
      assertThat(sent.stream().mapToInt(ByteBuffer::remaining).sum()).isLessThanOrEqualTo(2_064);
    }
  }

  @Test
  void a_repeated_acknowledgement_is_no_answer_that_keeps_a_transfer() throws IOException {
    file("f", 5_000);
    Side side = reader().hear(read("f"));
    for (int i = 0; i < 4; i++) {
      side.hear(new Ack(0));
      side.expire();
    }
    assertThat(side.over()).isTrue();
    assertThat(side.take()).hasSize(4);
  }

  @Test
  void text_is_sent_with_the_line_ends_of_terminals() throws IOException {
    Files.writeString(folder.resolve("f"), "x".repeat(511) + "\n\r");
    Side side = reader().hear(new Request(false, "f", "netascii", Map.of("tsize", "0")));
    Data first = (Data) side.only();
    assertThat(new String(first.bytes(), StandardCharsets.US_ASCII)).endsWith("xx\r").hasSize(512);
    Data second = (Data) side.hear(new Ack(1)).only();
    assertThat(new String(second.bytes(), StandardCharsets.US_ASCII)).isEqualTo("\n\r\0");
  }
}
