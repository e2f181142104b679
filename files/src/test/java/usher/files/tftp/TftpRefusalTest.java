package usher.files.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import usher.files.disk.FolderRules;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.Packet.Ack;
import usher.files.tftp.wire.Packet.Data;
import usher.files.tftp.wire.Packet.Fault;
import usher.files.tftp.wire.Packet.OptionAck;
import usher.files.tftp.wire.Packet.Request;

/// What a server refuses, and how its sessions end, packet by packet.
final class TftpRefusalTest extends SessionFolder {
  @Test
  void refusals_have_the_codes_of_their_reasons() throws IOException {
    file("there", 10);
    isFault(reader().hear(read("none")).only(), 1);
    isFault(reader().hear(read("../etc/passwd")).only(), 2);
    isFault(reader().hear(read(".hidden")).only(), 2);
    isFault(reader().hear(write("new")).only(), 2);
    isFault(writer().hear(write("there")).only(), 6);
    isFault(writer().hear(write("new", "tsize", "5001")).only(), 3);
    isFault(reader().hear(new Request(false, "there", "mail", Map.of())).only(), 7);
    isFault(reader().hear(new Request(false, "there", "image", Map.of())).only(), 4);
    isFault(reader().hear(new Ack(1)).only(), 5);
    isFault(reader().hear(new Data(1, new byte[2])).only(), 5);
    isFault(reader().hear(new OptionAck(Map.of())).only(), 4);
    isFault(reader().hear(ByteBuffer.wrap(new byte[] {0, 9})).only(), 4);
  }

  @Test
  void a_refusal_is_the_end_and_an_error_is_never_answered() throws IOException {
    Side side = reader().hear(read("none"));
    assertThat(side.take()).hasSize(1);
    assertThat(side.over()).isTrue();
    Side silent = reader().hear(new Fault(0, "hello"));
    assertThat(silent.take()).isEmpty();
    assertThat(silent.over()).isTrue();
  }

  @Test
  void a_refusal_is_short_however_long_the_name_is() throws IOException {
    Side side = reader().hear(read("n".repeat(255)));
    ByteBuffer sent = side.takeBytes().getFirst();
    assertThat(sent.remaining()).isLessThanOrEqualTo(205);
  }

  @Test
  void what_is_larger_than_may_be_is_refused_when_it_comes() throws IOException {
    Side side = writer().hear(write("f", "blksize", "1000"));
    for (int i = 1; i <= 5; i++) {
      side.hear(new Data(i, content(1_000)));
    }
    side.take();
    side.hear(new Data(6, content(1)));
    isFault(side.only(), 3);
    assertThat(side.over()).isTrue();
    assertThat(left()).isEmpty();
  }

  @Test
  void what_is_not_what_was_announced_is_not_stored() throws IOException {
    Side side = writer().hear(write("f", "tsize", "10"));
    side.take();
    side.hear(new Data(1, content(9)));
    isFault(side.only(), 0);
    assertThat(folder.resolve("f")).doesNotExist();
    side = writer().hear(write("f", "tsize", "10"));
    assertThat(side.only()).isEqualTo(new OptionAck(Map.of("tsize", "10")));
    side.hear(new Data(1, content(10)));
    assertThat(side.only()).isEqualTo(new Ack(1));
  }

  @Test
  void a_size_of_nothing_says_that_nobody_knows_it() throws IOException {
    Side side = writer().hear(write("f", "tsize", "0"));
    side.hear(new Data(1, content(10)));
    assertThat(folder.resolve("f")).hasSize(10);
  }

  @Test
  void the_size_of_text_is_another_one_on_the_wire() throws IOException {
    Side side = writer().hear(new Request(true, "f", "netascii", Map.of("tsize", "3")));
    side.hear(new Data(1, "a\r\n".getBytes(StandardCharsets.US_ASCII)));
    assertThat(folder.resolve("f")).hasContent("a\n");
  }

  @Test
  void a_file_is_replaced_only_where_the_rules_say_so() throws IOException {
    file("f", 10);
    Side side =
        Side.of(protocol(OPEN, TftpRules.USUAL.withReplacing()), CLIENT, clock).hear(write("f"));
    side.hear(new Data(1, content(3)));
    assertThat(folder.resolve("f")).hasSize(3);
  }

  @Test
  void packets_of_no_transfer_end_it_with_an_error() throws IOException {
    file("f", 5_000);
    Side side = reader().hear(read("f"));
    side.take();
    side.hear(new Data(1, new byte[3]));
    isFault(side.only(), 4);
    assertThat(side.over()).isTrue();

    side = reader().hear(read("f"));
    side.take();
    side.hear(ByteBuffer.wrap(new byte[] {0, 4, 0}));
    isFault(side.only(), 4);

    side = writer().hear(write("g"));
    side.take();
    side.hear(new Data(1, new byte[513]));
    isFault(side.only(), 4);
    assertThat(left()).isEmpty();
  }

  @Test
  void a_request_that_comes_again_in_its_transfer_changes_nothing() throws IOException {
    file("f", 5_000);
    Side side = reader().hear(read("f"));
    side.take();
    side.hear(read("f"));
    assertThat(side.take()).isEmpty();
    assertThat(side.over()).isFalse();
  }

  @Test
  void transfers_are_bounded_with_each_address_and_in_all() throws IOException {
    file("f", 5_000);
    TftpProtocol protocol = protocol(FolderRules.USUAL, TftpRules.USUAL.withTransfers(3, 2));
    Side one = Side.of(protocol, "192.0.2.1", clock).hear(read("f"));
    Side two = Side.of(protocol, "192.0.2.1", clock).hear(read("f"));
    isBlock(two.only(), 1, 512);
    isFault(Side.of(protocol, "192.0.2.1", clock).hear(read("f")).only(), 0);
    Side three = Side.of(protocol, "192.0.2.2", clock).hear(read("f"));
    isBlock(three.only(), 1, 512);
    isFault(Side.of(protocol, "192.0.2.3", clock).hear(read("f")).only(), 0);
    assertThat(protocol.transfers()).isEqualTo(3);
    one.lose();
    isBlock(Side.of(protocol, "192.0.2.3", clock).hear(read("f")).only(), 1, 512);
    two.hear(new Fault(0, "enough"));
    three.lose();
    assertThat(protocol.transfers()).isEqualTo(1);
  }

  @Test
  void whoever_comes_last_gives_back_the_file() throws IOException {
    TftpProtocol protocol = protocol(OPEN, TftpRules.USUAL);
    Side side = Side.of(protocol, CLIENT, clock).hold().hear(write("f"));
    assertThat(side.held()).isEqualTo(1);
    side.lose();
    assertThat(protocol.transfers()).isZero();
    side.release();
    assertThat(left()).isEmpty();

    side = Side.of(protocol, CLIENT, clock).hold().hear(write("f")).release();
    side.hear(new Data(1, content(5)));
    assertThat(side.held()).isEqualTo(1);
    side.lose();
    side.release();
    assertThat(left()).isEmpty();
    assertThat(folder.resolve("f")).doesNotExist();
  }

  @Test
  void a_file_that_becomes_shorter_ends_its_transfer() throws IOException {
    Files.write(folder.resolve("f"), new byte[100_000]);
    Side side = reader().hold().hear(read("f"));
    side.release();
    Files.write(folder.resolve("f"), new byte[50_000]);
    side.release();
    List<Packet> sent = side.take();
    isFault(sent.getLast(), 0);
    assertThat(side.over()).isTrue();
  }
}
