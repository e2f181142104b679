package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a server ends, with a request under way whose head has come for sure: it was told `100
/// Continue`.
final class StopTest {
  private static final String HALF =
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n";

  @TempDir Path folder;

  private static Wire begun(String port) throws Exception {
    Wire wire = new Wire(port);
    wire.send(HALF);
    wire.until("100 Continue\r\n\r\n");
    wire.send("01234");
    return wire;
  }

  private Child testee(String... more) throws Exception {
    String[] args = new String[more.length + 3];
    args[0] = "testee";
    args[1] = "--listen=tcp:0";
    args[2] = "--root=" + folder;
    System.arraycopy(more, 0, args, 3, more.length);
    return Child.start(args);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iterative",
        "thread-per-connection",
        "thread-pool",
        "virtual-threads",
        "event-loop",
        "event-loops",
        "event-loop-workers"
      })
  void request_under_way_is_answered_whole(String model) throws Exception {
    try (Child testee = testee("--model", model, "--drain=50s")) {
      try (Wire wire = begun(testee.out("READY tcp:127.0.0.1:"))) {
        testee.signal("TERM");
        assertThat(testee.err("usher: stopping, "))
            .isEqualTo("1 client may finish within 50 s; again to stop at once");
        wire.send("56789");
        assertThat(wire.rest()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\n0123456789");
      }
      assertThat(testee.err("usher: stopped, ")).isEqualTo("1 finished, none cut");
      assertThat(testee.exitCode()).isZero();
    }
  }

  @Test
  void what_does_not_finish_in_time_is_cut_and_said() throws Exception {
    try (Child testee = testee("--drain=50ms", "--quiet");
        Wire _ = begun(testee.out("READY tcp:127.0.0.1:"))) {
      testee.signal("INT");
      assertThat(testee.err("usher: stopped, ")).isEqualTo("0 finished, 1 cut at the deadline");
      assertThat(testee.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143", "HUP,129"})
  void second_signal_ends_it_at_once(String signal, int code) throws Exception {
    try (Child testee = testee("--drain=1h");
        Wire _ = begun(testee.out("READY tcp:127.0.0.1:"))) {
      testee.signal("TERM");
      testee.err("usher: stopping, 1 client");
      testee.signal(signal);
      assertThat(testee.err("usher: stopped at once, ")).isEqualTo("1 client cut");
      assertThat(testee.exitCode()).isEqualTo(code);
    }
  }
}
