package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TesteeCommandTest {
  @TempDir Path folder;

  @Test
  void ready_lines_name_each_address_and_nothing_else_is_printed() throws Exception {
    Path socket = folder.resolve("s");
    try (Child testee =
        Child.start(
            "testee",
            "--root=" + folder,
            "--listen=unix:" + socket,
            "--listen=tcp:0",
            "--listen=tcp:[::1]:0")) {
      assertThat(testee.out("READY ")).isEqualTo("unix:" + socket);
      assertThat(testee.out("READY ")).matches("tcp:127\\.0\\.0\\.1:\\d+");
      assertThat(testee.out("READY ")).matches("tcp:\\[::1]:\\d+");
      testee.signal("TERM");
      assertThat(testee.exitCode()).isZero();
      assertThat(testee.restOfOut()).isEmpty();
      assertThat(testee.restOfErr()).isEqualTo(List.of("usher: stopping"));
    }
  }

  @Test
  void failure_is_logged_and_the_next_request_is_served() throws Exception {
    Files.writeString(folder.resolve("page.txt"), "a page");
    try (Child testee = Child.start("testee", "--root=" + folder)) {
      String port = testee.out("READY tcp:127.0.0.1:");
      assertThat(Wire.ask(port, "GET", "/fail")).startsWith("HTTP/1.1 500 ");
      assertThat(testee.err("java.lang.IllegalStateException: "))
          .isEqualTo("asked to fail by GET /fail HTTP/1.1");
      assertThat(Wire.ask(port, "GET", "/static/page.txt")).endsWith("\r\n\r\na page");
    }
  }

  @Test
  void root_is_needed() {
    Run run = Run.of("testee");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("usher: say which folder: --root DIR; see usher testee --help\n");
  }

  @Test
  void absent_root_is_one_line() {
    Run run = Run.of("testee", "--root", folder.resolve("absent").toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("usher: there is no folder ").hasLineCount(1);
  }
}
