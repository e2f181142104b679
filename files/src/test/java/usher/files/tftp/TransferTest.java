package usher.files.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import usher.files.disk.FolderLibrary;
import usher.files.disk.FolderRules;
import usher.files.tftp.transfer.BlockSink;
import usher.files.tftp.transfer.BlockSource;
import usher.files.tftp.transfer.Conversation;
import usher.files.tftp.transfer.Greeting;
import usher.files.tftp.transfer.Inflow;
import usher.files.tftp.transfer.Outflow;
import usher.files.tftp.transfer.Patience;
import usher.files.tftp.wire.Mode;
import usher.files.tftp.wire.Packet;
import usher.files.tftp.wire.Terms;
import usher.testkit.Gen;
import usher.testkit.ManualClock;
import usher.testkit.Seeds;

/// Our client against our server, over a wire that loses, doubles and delays.
final class TransferTest {
  private static final Patience PATIENT = new Patience(60, 60, Duration.ofSeconds(2));
  private static final TftpRules RULES =
      TftpRules.USUAL
          .withReplacing()
          .withBlocks(Terms.MOST_BLOCK, 200, 1 << 20)
          .withPatience(Duration.ofMillis(700), 60, 60);

  @TempDir Path folder;

  /// What a client has received.
  private static final class Memory implements BlockSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean whole;

    @Override
    public void write(ByteBuffer from) {
      byte[] copy = new byte[from.remaining()];
      from.get(copy);
      bytes.writeBytes(copy);
    }

    @Override
    public void commit() {
      whole = true;
    }

    @Override
    public void close() {}

    byte @Nullable [] content() {
      return whole ? bytes.toByteArray() : null;
    }
  }

  private record Ends(Memory memory, @Nullable Path file, Mode mode) implements Greeting.Sides {
    @Override
    public Inflow reads(Terms terms, long size, Packet answer, boolean due) {
      return new Inflow(terms, memory, mode, answer, due, false);
    }

    @Override
    public Outflow writes(Terms terms) {
      try {
        FileChannel channel = FileChannel.open(Objects.requireNonNull(file));
        long size = channel.size();
        return new Outflow(
            terms,
            new BlockSource(channel, size, mode, terms.blockSize(), BlockSource.UNWATCHED),
            null);
      } catch (IOException thrown) {
        throw new UncheckedIOException(thrown);
      }
    }
  }

  private final ManualClock clock = new ManualClock();

  private Supplier<Side> server() throws IOException {
    FolderRules open = FolderRules.USUAL.withWriting().withSizes(1 << 30, Long.MAX_VALUE, 0);
    TftpProtocol protocol = TftpProtocol.of(FolderLibrary.open(folder, open), RULES);
    return () -> Side.of(protocol, "192.0.2.7", clock);
  }

  private Side client(boolean writes, Mode mode, Map<String, String> options, Ends ends) {
    var request = new Packet.Request(writes, "f", mode.text(), options);
    return new Side(new Greeting(request, Duration.ofMillis(900), PATIENT, ends), clock);
  }

  private static Map<String, String> options(int block, int window) {
    Map<String, String> options = new LinkedHashMap<>();
    if (block > 0) {
      options.put("blksize", "" + block);
    }
    if (window > 0) {
      options.put("windowsize", "" + window);
    }
    return options;
  }

  private byte @Nullable [] fetch(
      byte[] file, Mode mode, Map<String, String> options, Gen gen, Wire.Weather weather)
      throws IOException {
    Files.write(folder.resolve("f"), file);
    Memory memory = new Memory();
    Side client = client(false, mode, options, new Ends(memory, null, mode));
    new Wire(client, server(), clock, gen, weather).run();
    return memory.content();
  }

  private byte[] store(
      byte[] file, Mode mode, Map<String, String> options, Gen gen, Wire.Weather weather)
      throws IOException {
    Path local = folder.resolve("local");
    Files.write(local, file);
    Files.deleteIfExists(folder.resolve("f"));
    Side client = client(true, mode, options, new Ends(new Memory(), local, mode));
    new Wire(client, server(), clock, gen, weather).run();
    if (weather.loss() == 0) {
      // Whoever hears no answer to his last block, however often, cannot know that it has come.
      assertThat(((Conversation) client.session()).trouble()).isNull();
    }
    return Files.readAllBytes(folder.resolve("f"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 0, 0",
    "511, 0, 0",
    "512, 0, 0",
    "513, 0, 0",
    "1023, 8, 0",
    "1024, 8, 5",
    "300000, 1428, 64",
    "300000, 65464, 0",
    "300000, 65464, 20",
    "65464, 65464, 1",
    "131072, 512, 200",
    "200000, 0, 7"
  })
  void a_file_of_any_size_goes_both_ways(int size, int block, int window) throws IOException {
    byte[] file = new Gen(size).bytes(size, size);
    Gen none = new Gen(1);
    assertThat(fetch(file, Mode.OCTET, options(block, window), none, Wire.Weather.FAIR))
        .isEqualTo(file);
    assertThat(store(file, Mode.OCTET, options(block, window), none, Wire.Weather.FAIR))
        .isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(ints = {65_534, 65_535, 65_536, 131_073})
  void numbers_begin_again_behind_the_largest(int blocks) throws IOException {
    byte[] file = new Gen(blocks).bytes(blocks * 8 + 3, blocks * 8 + 3);
    Gen gen = new Gen(2);
    Wire.Weather weather = new Wire.Weather(0.0005, 0.0005, 0);
    assertThat(fetch(file, Mode.OCTET, options(8, 0), gen, weather)).isEqualTo(file);
    assertThat(fetch(file, Mode.OCTET, options(8, 100), gen, weather)).isEqualTo(file);
    assertThat(store(file, Mode.OCTET, options(8, 100), gen, weather)).isEqualTo(file);
  }

  @Test
  void whatever_happens_on_the_way_a_file_comes_whole() {
    Seeds.each(
        150,
        gen -> {
          byte[] file = gen.bytes(0, 20_000);
          Map<String, String> options =
              options(gen.oneOf(0, 8, 100, 512, 1_428), gen.oneOf(0, 1, 2, 3, 8, 64));
          var weather =
              new Wire.Weather(
                  gen.between(0, 25) / 100.0,
                  gen.between(0, 30) / 100.0,
                  gen.between(0, 20) / 100.0);
          byte[] back =
              gen.chance(0.5)
                  ? fetch(file, Mode.OCTET, options, gen, weather)
                  : store(file, Mode.OCTET, options, gen, weather);
          assertThat(Arrays.equals(back, file)).as(options + " " + weather).isTrue();
        });
  }

  @Test
  void text_comes_back_as_it_was() {
    Seeds.each(
        60,
        gen -> {
          byte[] file = gen.text(0, 3_000, "ab\n\r\0").getBytes(StandardCharsets.US_ASCII);
          Map<String, String> options = options(gen.oneOf(0, 8, 9, 100), gen.oneOf(0, 3));
          var weather = new Wire.Weather(0.05, 0.05, 0.05);
          assertThat(fetch(file, Mode.NETASCII, options, gen, weather)).isEqualTo(file);
          assertThat(store(file, Mode.NETASCII, options, gen, weather)).isEqualTo(file);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void a_wire_that_doubles_everything_costs_no_packet_more(int window) throws IOException {
    byte[] file = new Gen(5).bytes(100_000, 100_000);
    Files.write(folder.resolve("f"), file);
    int[] sent = new int[2];
    for (int i = 0; i < 2; i++) {
      Memory memory = new Memory();
      Side client =
          client(false, Mode.OCTET, options(0, window), new Ends(memory, null, Mode.OCTET));
      Wire.Weather weather = new Wire.Weather(0, i, 0);
      sent[i] = new Wire(client, server(), clock, new Gen(6), weather).run().datagrams();
      assertThat(memory.content()).isEqualTo(file);
    }
    // The receiver answers the copy of what it answered; nothing is sent for that.
    int answers = 100_000 / 512 / window + 2;
    assertThat(sent[1]).isLessThanOrEqualTo(sent[0] + answers);
  }

  @Test
  void a_window_needs_one_answer_for_its_blocks() throws IOException {
    byte[] file = new Gen(5).bytes(64 * 512 - 1, 64 * 512 - 1);
    Files.write(folder.resolve("f"), file);
    Memory memory = new Memory();
    Side client = client(false, Mode.OCTET, options(0, 16), new Ends(memory, null, Mode.OCTET));
    Wire wire = new Wire(client, server(), clock, new Gen(1), Wire.Weather.FAIR).run();
    // RRQ, OACK, ACK 0, 64 blocks, 4 answers.
    assertThat(wire.datagrams()).isEqualTo(3 + 64 + 4);
  }
}
