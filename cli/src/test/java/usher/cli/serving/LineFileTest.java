package usher.cli.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.cli.console.Failure;
import usher.cli.console.Terminal;

final class LineFileTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal =
      new Terminal(
          new PrintStream(out, false, StandardCharsets.UTF_8),
          new PrintStream(err, false, StandardCharsets.UTF_8),
          false,
          false);

  @Test
  void lines_are_appended_at_once() throws Exception {
    Path file = Files.writeString(folder.resolve("log"), "before\n");
    LineFile lines = LineFile.open(file.toString(), terminal);
    lines.accept("one");
    assertThat(file).hasContent("before\none\n");
    lines.accept("zwölf");
    assertThat(file).hasContent("before\none\nzwölf\n");
  }

  @Test
  void file_that_was_truncated_goes_on_at_its_new_end() throws Exception {
    Path file = folder.resolve("log");
    LineFile lines = LineFile.open(file.toString(), terminal);
    lines.accept("one");
    Files.writeString(file, "");
    lines.accept("two");
    assertThat(file).hasContent("two\n");
  }

  @Test
  void lines_of_many_threads_stay_whole() throws Exception {
    Path file = folder.resolve("log");
    LineFile lines = LineFile.open(file.toString(), terminal);
    List<String> expected = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String line = ("" + i).repeat(100);
      expected.addAll(List.of(line, line, line));
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    lines.accept(line);
                    lines.accept(line);
                    lines.accept(line);
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(Files.readAllLines(file)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void dash_is_standard_output() {
    LineFile.open("-", terminal).accept("one");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\n");
  }

  @Test
  void file_that_cannot_be_is_one_line() {
    assertThatThrownBy(() -> LineFile.open(folder.toString(), terminal))
        .isInstanceOf(Failure.class)
        .hasMessage("--access-log: " + folder + " is a folder; name a file in it");
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> LineFile.open(absent.resolve("log").toString(), terminal))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "--access-log: there is no folder " + absent + "; make it, or name another file");
    assertThatThrownBy(() -> LineFile.open("a\0b", terminal))
        .isInstanceOf(Failure.class)
        .hasMessage("--access-log: no file can be called a\0b");
  }

  @Test
  void full_disk_is_said_once_and_again_after_a_recovery() {
    boolean[] full = {true};
    OutputStream disk =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            if (full[0]) {
              throw new IOException("No space left on device");
            }
          }
        };
    LineFile lines = new LineFile("/log", disk, terminal);
    lines.accept("one");
    lines.accept("two");
    assertThat(said()).isEqualTo("usher: /log takes no lines: No space left on device\n");
    full[0] = false;
    lines.accept("three");
    full[0] = true;
    lines.accept("four");
    assertThat(said()).hasLineCount(2);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
