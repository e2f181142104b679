package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ServeCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void fill() throws Exception {
    Files.writeString(folder.resolve("page.txt"), "a page\n".repeat(300));
    Files.writeString(folder.resolve(".secret"), "hidden\n");
  }

  private static String gzipped(String port) throws Exception {
    return Wire.ask(port, "GET", "/page.txt", "Accept-Encoding: gzip");
  }

  @Test
  void folder_is_served_where_the_start_line_says() throws Exception {
    try (Child serve = Child.start("serve", folder.toString(), "--listen", "tcp:0")) {
      assertThat(serve.err("usher serve ")).isEqualTo(folder.toString());
      String port = serve.err("  http://127.0.0.1:").replace("/", "");
      assertThat(serve.err("  limits   "))
          .endsWith(" clients, head 16 KiB, 100 fields, body 16 MiB");
      assertThat(serve.err("  timeouts "))
          .isEqualTo("head 10 s, idle 60 s, body 512 B/s, write stall 30 s");
      assertThat(Wire.ask(port, "GET", "/page.txt"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .endsWith("a page\n");
      assertThat(Wire.ask(port, "GET", "/")).startsWith("HTTP/1.1 200 OK\r\n").contains("page.txt");
      assertThat(Wire.ask(port, "GET", "/.secret")).startsWith("HTTP/1.1 404 ");
      assertThat(gzipped(port)).contains("Content-Encoding: gzip");
    }
  }

  @Test
  void flags_change_what_the_folder_shows() throws Exception {
    try (Child serve =
        Child.start(
            "serve",
            "--no-listing",
            "--hidden",
            "--no-gzip",
            "--model=event-loop",
            "--listen=tcp:0",
            folder.toString())) {
      String port = serve.err("  http://127.0.0.1:").replace("/", "");
      assertThat(Wire.ask(port, "GET", "/")).startsWith("HTTP/1.1 404 ");
      assertThat(Wire.ask(port, "GET", "/.secret")).endsWith("hidden\n");
      assertThat(gzipped(port)).doesNotContain("Content-Encoding").endsWith("a page\n");
    }
  }

  @Test
  void each_request_is_a_line_of_the_access_log() throws Exception {
    Path log = folder.resolve("access.log");
    try (Child serve =
        Child.start("serve", "--listen=tcp:0", "--access-log", log.toString(), folder.toString())) {
      String port = serve.err("  http://127.0.0.1:").replace("/", "");
      assertThat(Wire.ask(port, "GET", "/page.txt")).startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(Wire.ask(port, "GET", "/nothing")).startsWith("HTTP/1.1 404 ");
      assertThat(Wire.ask(port, "GET", "/not a path")).startsWith("HTTP/1.1 400 ");
    }
    assertThat(Files.readAllLines(log))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .startsWith("127.0.0.1 - - [")
                    .contains("\"GET /page.txt HTTP/1.1\" 200 2100 "),
            second -> assertThat(second).contains("\"GET /nothing HTTP/1.1\" 404 "),
            third -> assertThat(third).contains("\"-\" 400 "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefork(2, event-loop)", "process-per-connection"})
  void folder_is_served_by_other_processes(String model) throws Exception {
    Path log = folder.resolve("access.log");
    try (Child serve =
        Child.start(
            "serve",
            folder.toString(),
            "--listen=tcp:0",
            "--access-log",
            log.toString(),
            // A first request takes its time where the machine has other things to do.
            "--slow-loop=0",
            "--model",
            model)) {
      String port = serve.err("  http://127.0.0.1:").replace("/", "");
      assertThat(serve.err("  model    ")).isEqualTo(model);
      for (int i = 0; i < 3; i++) {
        assertThat(Wire.ask(port, "GET", "/page.txt"))
            .startsWith("HTTP/1.1 200 OK\r\n")
            .endsWith("a page\n");
      }
      assertThat(gzipped(port)).contains("Content-Encoding: gzip");
      assertThat(serve.err("  stop     ")).startsWith("Ctrl-C");
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
      // A machine that is busy otherwise makes a first answer slow enough to be told of.
      assertThat(serve.restOfErr())
          .allMatch(line -> line.startsWith("usher: stop") || line.contains("held its event loop"));
    }
    assertThat(Files.readAllLines(log)).hasSize(4).allMatch(line -> line.contains("/page.txt"));
  }

  @Test
  void limits_are_those_asked_for() throws Exception {
    try (Child serve =
        Child.start(
            "serve",
            "--listen=tcp:0",
            "--max-header-bytes=1K",
            "--max-headers=3",
            "--max-body=2M",
            "--header-timeout=100ms",
            "--body-rate=1K")) {
      String port = serve.err("  http://127.0.0.1:").replace("/", "");
      assertThat(serve.err("  limits   ")).endsWith(" clients, head 1 KiB, 3 fields, body 2 MiB");
      assertThat(serve.err("  timeouts "))
          .isEqualTo("head 100 ms, idle 60 s, body 1 KiB/s, write stall 30 s");
      assertThat(Wire.ask(port, "GET", "/" + "x".repeat(1_024))).startsWith("HTTP/1.1 4");
      try (Wire slow = new Wire(port)) {
        slow.send("GET / HTTP/1.1\r\n");
        assertThat(slow.rest()).startsWith("HTTP/1.1 408 ");
      }
    }
  }

  @Test
  void welcome_page_is_served_without_a_folder() throws Exception {
    try (Child serve = Child.start("serve", "--listen=tcp:[::1]:0", "--listen=tcp:0")) {
      assertThat(serve.err("  http://[::1]:")).matches("\\d+/");
      String port = serve.err("  http://127.0.0.1:").replace("/", "");
      assertThat(Wire.ask(port, "GET", "/"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .contains("Content-Type: text/html; charset=utf-8\r\n")
          .containsIgnoringCase("welcome");
    }
  }

  @Test
  void unix_socket_is_shown_as_a_command_to_copy() throws Exception {
    Path socket = folder.resolve("a socket");
    try (Child serve = Child.start("serve", "--listen=unix:" + socket)) {
      assertThat(serve.err("  curl --unix-socket "))
          .isEqualTo("'" + socket + "' http://localhost/");
    }
  }

  @Test
  void absent_folder_is_one_line() {
    Run run = Run.of("serve", folder.resolve("absent").toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "usher: there is no folder "
                + folder.resolve("absent")
                + "; make it, or name another\n");
  }

  @Test
  void file_in_the_place_of_a_folder_is_one_line() {
    Run run = Run.of("serve", folder.resolve("page.txt").toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "usher: "
                + folder.resolve("page.txt")
                + " is a file; name the folder that it is in: "
                + folder
                + "\n");
  }

  @Test
  void folder_with_an_impossible_name_is_one_line() {
    Run run = Run.of("serve", "a\0b");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("usher: no folder can be called a\0b\n");
  }

  @Test
  void access_log_is_standard_output_alone() throws Exception {
    try (Child serve =
        Child.start("serve", folder.toString(), "--listen=tcp:0", "--access-log=-")) {
      String port = serve.err("  http://127.0.0.1:").replace("/", "");
      Wire.ask(port, "GET", "/page.txt", "User-Agent: me");
      Wire.ask(port, "GET", "/absent");
      assertThat(serve.out("127.0.0.1 - - ["))
          .matches(".* \\+0000] \"GET /page.txt HTTP/1.1\" 200 2100 \"-\" \"me\"");
      assertThat(serve.out("127.0.0.1 - - [")).contains("\"GET /absent HTTP/1.1\" 404 ");
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
      assertThat(serve.restOfOut()).isEmpty();
    }
  }

  @Test
  void access_log_that_cannot_be_written_is_one_line() {
    Run run = Run.of("serve", "--listen=tcp:0", "--access-log=" + folder);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("usher: --access-log: " + folder + " is a folder; name a file in it\n");
  }
}
