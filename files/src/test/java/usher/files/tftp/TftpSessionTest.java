package usher.files.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.Packet.Ack;
import usher.files.tftp.wire.Packet.Data;
import usher.files.tftp.wire.Packet.Fault;
import usher.files.tftp.wire.Packet.OptionAck;
import usher.files.tftp.wire.Packet.Request;
import usher.session.Session;
import usher.testkit.ManualClock;

/// A server's session, packet by packet.
final class TftpSessionTest {
  private static final String CLIENT = "192.0.2.7";
  private static final FolderRules OPEN =
      FolderRules.USUAL.withWriting().withSizes(5_000, 9_000, 0);

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();

  private TftpProtocol protocol(FolderRules library, TftpRules rules) throws IOException {
    return TftpProtocol.of(FolderLibrary.open(folder, library), rules);
  }

  private Side reader() throws IOException {
    return Side.of(protocol(FolderRules.USUAL, TftpRules.USUAL), CLIENT, clock);
  }

  private Side writer() throws IOException {
    return Side.of(protocol(OPEN, TftpRules.USUAL), CLIENT, clock);
  }

  private byte[] file(String name, int size) throws IOException {
    byte[] bytes = content(size);
    Files.write(folder.resolve(name), bytes);
    return bytes;
  }

  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 7 + i / 256);
    }
    return bytes;
  }

  private static Request read(String name, String... options) {
    return request(false, name, options);
  }

  private static Request write(String name, String... options) {
    return request(true, name, options);
  }

  private static Request request(boolean writes, String name, String... options) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new Request(writes, name, "octet", all);
  }

  private static void isBlock(Packet packet, int number, int size) {
    assertThat(packet)
        .isInstanceOfSatisfying(
            Data.class,
            data -> {
              assertThat(data.number()).isEqualTo(number);
              assertThat(data.bytes()).hasSize(size);
            });
  }

  private static List<Integer> numbers(List<Packet> packets) {
    return packets.stream().map(p -> p instanceof Data data ? data.number() : -1).toList();
  }

  private static void isFault(Packet packet, int code) {
    assertThat(packet)
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code));
  }

  private List<String> left() throws IOException {
    Path passages = folder.resolve(".usher");
    if (!Files.exists(passages)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(passages)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  // ---- reading

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

  // ---- options

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

  // ---- windows

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

  // ---- writing

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

  // ---- refusals

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

  // ---- seats and ends

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
