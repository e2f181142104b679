package usher.http.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SharedFileTest {
  @TempDir Path folder;
  private FileChannel channel;
  private SharedFile file;

  @BeforeEach
  void open() throws IOException {
    channel = FileChannel.open(Files.writeString(folder.resolve("f"), "text"));
    file = new SharedFile(channel);
  }

  private Closeable lease() {
    return Objects.requireNonNull(file.lease());
  }

  @Test
  void the_last_lease_closes_the_file() throws IOException {
    Closeable one = lease();
    Closeable other = lease();
    file.close();
    one.close();
    assertThat(channel.isOpen()).isTrue();
    other.close();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void a_lease_given_back_twice_counts_once() throws IOException {
    Closeable one = lease();
    Closeable other = lease();
    one.close();
    one.close();
    file.close();
    file.close();
    assertThat(channel.isOpen()).isTrue();
    other.close();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void leases_may_be_had_as_long_as_there_is_one() throws IOException {
    Closeable one = lease();
    file.close();
    Closeable other = lease();
    one.close();
    other.close();
    assertThat(file.lease()).isNull();
  }

  @Test
  void a_channel_that_was_closed_by_someone_else_is_not_lent() throws IOException {
    channel.close();
    assertThat(file.lease()).isNull();
    file.close();
  }
}
