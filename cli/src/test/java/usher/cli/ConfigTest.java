package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Options in a file, and what `HUP` does with it.
final class ConfigTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("web.conf");
  }

  private Child serve(String... more) throws Exception {
    String[] args = new String[more.length + 3];
    args[0] = "serve";
    args[1] = "--no-control";
    args[2] = "--config=" + file;
    System.arraycopy(more, 0, args, 3, more.length);
    return Child.start(args);
  }

  @Test
  void file_says_what_the_command_line_does_not() throws Exception {
    Files.writeString(
        file,
        """
        # a comment
        model = thread-pool
        threads = 7
        listen = tcp:0 unix:%s
        max-connections = 123
        drain = 3s
        """
            .formatted(folder.resolve("s")));
    try (Child serve = serve("--max-connections=45")) {
      serve.err("  http://127.0.0.1:");
      assertThat(serve.err("  curl --unix-socket ")).startsWith(folder.resolve("s").toString());
      assertThat(serve.err("  model    ")).isEqualTo("thread-pool (7 threads)");
      assertThat(serve.err("  limits   ")).startsWith("45 clients");
      assertThat(serve.err("  stop     ")).endsWith("within 3 s");
    }
  }

  @Test
  void hang_up_has_it_read_again() throws Exception {
    Files.writeString(file, "model = thread-pool\nlisten = tcp:0\n");
    try (Child serve = serve()) {
      String port = serve.err("  http://127.0.0.1:").replace("/", "");
      serve.err("  stop     ");
      Files.writeString(
          file, "model = event-loop\nlisten = tcp:0\nmax-body = 1K\nlog-level = error\n");
      serve.signal("HUP");
      assertThat(serve.err("usher: options read again: "))
          .isEqualTo(
              "model event-loop, log level error; limits change with the next usher restart");
      assertThat(Wire.ask(port, "GET", "/")).startsWith("HTTP/1.1 200 OK");

      serve.signal("HUP");
      assertThat(serve.err("usher: options read again: ")).isEqualTo("nothing is new");

      Files.writeString(file, "modle = iterative\n");
      serve.signal("HUP");
      assertThat(serve.err("usher: options not read again, nothing has changed: "))
          .isEqualTo(file + ": there is no option modle; did you mean model?");
      assertThat(Wire.ask(port, "GET", "/")).startsWith("HTTP/1.1 200 OK");
      serve.signal("TERM");
      assertThat(serve.exitCode()).isZero();
    }
  }

  @Test
  void file_that_is_wrong_is_said_to_be() throws Exception {
    Run absent = Run.of("serve", "--config", file.toString());
    assertThat(absent.code()).isEqualTo(1);
    assertThat(absent.err()).startsWith("usher: --config: " + file + " cannot be read");
    Files.writeString(file, "model = iteratif\n");
    assertThat(Run.of("serve", "--config", file.toString()).err())
        .contains("there is no model iteratif; did you mean iterative?");
    Files.writeString(file, "config = other\n");
    Run nested = Run.of("serve", "--config", file.toString());
    assertThat(nested.code()).isEqualTo(2);
    assertThat(nested.err()).contains("there is no option config");
  }
}
