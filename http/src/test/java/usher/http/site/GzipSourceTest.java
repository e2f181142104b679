package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.testkit.Seeds;

final class GzipSourceTest {
  private static final Closeable NOTHING = () -> {};

  @TempDir Path folder;

  private FileChannel file(byte[] bytes) throws IOException {
    return FileChannel.open(Files.write(folder.resolve("f"), bytes));
  }

  private static byte[] pulled(GzipSource source, int room) throws IOException {
    var out = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(room);
    while (true) {
      int count = source.pull(buffer.clear());
      if (count < 0) {
        assertThat(source.pull(buffer.clear())).isNegative();
        return out.toByteArray();
      }
      assertThat(count).isPositive().isEqualTo(buffer.position());
      out.write(buffer.array(), 0, count);
    }
  }

  private static byte[] unzipped(byte[] gzip) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 16_384, 1_000_000})
  void what_is_pulled_is_the_file_compressed_with_any_room(int room) throws IOException {
    byte[] bytes = Grounds.pattern(70_000);
    try (FileChannel channel = file(bytes)) {
      var source = new GzipSource(channel, bytes.length, NOTHING);
      assertThat(unzipped(pulled(source, room))).isEqualTo(bytes);
      source.close();
    }
  }

  @Test
  void any_file_comes_out_as_it_went_in() {
    Seeds.each(
        100,
        gen -> {
          byte[] bytes = gen.chance(0.5) ? gen.bytes(0, 50_000) : new byte[gen.between(0, 50_000)];
          int length = gen.between(0, bytes.length);
          try (FileChannel channel = file(bytes)) {
            var source = new GzipSource(channel, length, NOTHING);
            byte[] expected = java.util.Arrays.copyOf(bytes, length);
            assertThat(unzipped(pulled(source, gen.between(1, 9_000)))).isEqualTo(expected);
            source.close();
          }
          assertThat(unzipped(GzipSource.compress(bytes))).isEqualTo(bytes);
        });
  }

  @Test
  void a_file_that_is_too_short_fails_the_pull() throws IOException {
    try (FileChannel channel = file(new byte[20_000])) {
      var source = new GzipSource(channel, 20_001, NOTHING);
      assertThatThrownBy(() -> pulled(source, 100))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("1 bytes too short");
      source.close();
    }
  }

  @Test
  void closing_gives_the_lease_back_whether_or_not_anything_was_pulled() throws IOException {
    try (FileChannel channel = file(new byte[20_000])) {
      var closed = new AtomicInteger();
      new GzipSource(channel, 20_000, closed::incrementAndGet).close();
      assertThat(closed).hasValue(1);
      var source = new GzipSource(channel, 20_000, closed::incrementAndGet);
      source.pull(ByteBuffer.allocate(20));
      source.close();
      assertThat(closed).hasValue(2);
      assertThat(source.pull(ByteBuffer.allocate(20))).isNegative();
    }
  }
}
