package usher.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import usher.testkit.Gen;

/// Files go over the network in memory by the JDK's own `transferTo` and `transferFrom`.
final class TransferTest {
  private static final int SIZE = 300_000;
  private static final int BUFFER = 10_000;

  @TempDir private Path folder;
  private final byte[] content = new Gen(1).bytes(SIZE, SIZE);

  @BeforeEach
  void write_the_file() throws IOException {
    Files.write(file(), content);
  }

  @ParameterizedTest
  @EnumSource(names = {"BLOCKING", "BLOCKING_VIRTUAL"})
  void a_file_goes_out_whole_in_blocking_mode(Mode mode) throws Exception {
    try (Pair pair = Pair.of(new MemoryNetwork(BUFFER));
        FileChannel file = FileChannel.open(file())) {
      Worker<Long> sender =
          Worker.start(
              mode.threads(),
              () -> {
                long sent = 0;
                while (sent < SIZE) {
                  sent += file.transferTo(sent, SIZE - sent, pair.server().channel);
                }
                pair.server().channel.shutdownOutput();
                return sent;
              });

      assertThat(all(pair.client())).isEqualTo(content);
      assertThat(sender.result()).isEqualTo(SIZE);
    }
  }

  @Test
  void in_non_blocking_mode_as_much_goes_out_as_there_is_room() throws IOException {
    try (Pair pair = Pair.of(new MemoryNetwork(BUFFER)).nonBlocking();
        FileChannel file = FileChannel.open(file())) {
      long sent = file.transferTo(100, SIZE, pair.server().channel);

      assertThat(sent).isEqualTo(BUFFER);
      assertThat(file.transferTo(100 + sent, SIZE, pair.server().channel)).isZero();
      ByteBuffer got = ByteBuffer.allocate(SIZE);
      assertThat(pair.client().channel.read(got)).isEqualTo(BUFFER);
      assertThat(got.flip()).isEqualTo(ByteBuffer.wrap(content, 100, BUFFER).slice());
    }
  }

  @Test
  void a_file_is_received() throws IOException {
    Path copy = folder.resolve("copy");
    try (Pair pair = Pair.of(new MemoryNetwork(SIZE));
        FileChannel file =
            FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      pair.client().channel.write(ByteBuffer.wrap(content));
      pair.client().close();

      assertThat(file.transferFrom(pair.server().channel, 0, SIZE + 1)).isEqualTo(SIZE);
    }
    assertThat(Files.readAllBytes(copy)).isEqualTo(content);
  }

  private Path file() {
    return folder.resolve("file");
  }

  private static byte[] all(End end) throws IOException {
    ByteBuffer got = ByteBuffer.allocate(SIZE + 1);
    int count = end.channel.read(got);
    while (count >= 0) {
      count = end.channel.read(got);
    }
    byte[] bytes = new byte[got.flip().remaining()];
    got.get(bytes);
    return bytes;
  }
}
