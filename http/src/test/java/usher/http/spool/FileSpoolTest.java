package usher.http.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.testkit.drive.Trials;

final class FileSpoolTest {
  @TempDir Path folder;

  @Test
  void bytes_come_back_as_they_were_appended() throws Exception {
    Trials.run(
        30,
        dice -> {
          try (var spool = FileSpool.in(folder)) {
            var all = new java.io.ByteArrayOutputStream();
            for (int i = dice.below(5); i > 0; i--) {
              byte[] bytes = dice.bytes(dice.below(5_000));
              all.writeBytes(bytes);
              spool.append(ByteBuffer.wrap(bytes));
            }
            assertThat(spool.length()).isEqualTo(all.size());
            assertThat(spool.stream().readAllBytes()).isEqualTo(all.toByteArray());
            assertThat(spool.stream().readAllBytes()).isEqualTo(all.toByteArray());
          }
        });
  }

  @Test
  void streams_do_not_disturb_each_other() throws IOException {
    try (var spool = FileSpool.in(folder)) {
      spool.append(ByteBuffer.wrap(new byte[] {1, 2, -3, 4}));
      InputStream first = spool.stream();
      InputStream second = spool.stream();
      assertThat(first.read()).isEqualTo(1);
      assertThat(first.available()).isEqualTo(3);
      assertThat(second.read()).isEqualTo(1);
      assertThat(first.skip(1)).isEqualTo(1);
      assertThat(first.skip(-1)).isZero();
      assertThat(first.read()).isEqualTo(0xfd);
      assertThat(first.read(new byte[3], 1, 0)).isZero();
      assertThat(first.skip(9)).isEqualTo(1);
      assertThat(first.read()).isEqualTo(-1);
      assertThat(first.read(new byte[3])).isEqualTo(-1);
      assertThatThrownBy(() -> second.read(new byte[3], 2, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void nothing_is_left_in_the_folder_even_while_it_is_open() throws IOException {
    try (var spool = FileSpool.in(folder)) {
      spool.append(ByteBuffer.wrap(new byte[10]));
      assertThat(folder).isEmptyDirectory();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_closed_spool_says_so() throws IOException {
    var spool = FileSpool.in(folder);
    spool.append(ByteBuffer.wrap(new byte[10]));
    InputStream stream = spool.stream();
    spool.close();
    spool.close();
    assertThatIOException().isThrownBy(stream::read);
    assertThatIOException().isThrownBy(() -> spool.append(ByteBuffer.wrap(new byte[1])));
  }

  @Test
  void a_folder_that_is_not_there_is_an_error() {
    assertThatIOException().isThrownBy(() -> FileSpool.in(folder.resolve("none")));
  }
}
