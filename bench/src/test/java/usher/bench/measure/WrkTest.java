package usher.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WrkTest {
  private final Wrk wrk = new Wrk(Path.of("/bin/wrk"), 1, Path.of("/load/pipeline.lua"));

  @Test
  void a_plain_load_is_pinned_and_asks_that_path() {
    assertThat(wrk.command(7001, new Wrk.Shape("/hello", 64, 1, false), 5))
        .containsExactly(
            "taskset",
            "-c",
            "1",
            "/bin/wrk",
            "--threads",
            "1",
            "--latency",
            "--connections",
            "64",
            "--duration",
            "5s",
            "http://127.0.0.1:7001/hello");
  }

  @Test
  void pipelining_takes_a_script_and_its_depth() {
    assertThat(wrk.command(7001, new Wrk.Shape("/hello", 64, 16, false), 5))
        .containsSequence("--script", "/load/pipeline.lua", "http://127.0.0.1:7001/hello")
        .endsWith("--", "16");
  }

  @Test
  void a_connection_a_request_is_asked_for_by_a_header() {
    assertThat(wrk.command(7001, new Wrk.Shape("/hello", 64, 1, true), 5))
        .containsSequence("--header", "Connection: close");
  }
}
