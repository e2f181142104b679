package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import usher.server.Model;
import usher.testkit.Await;

final class AdminTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  static Stream<String> models() {
    return Stream.concat(
        Model.inProcess().stream().map(Model::name), Stream.of("prefork(2, event-loop)"));
  }

  private static String admin(Child child) throws InterruptedException {
    return child.err("usher: health and metrics at http://127.0.0.1:").replace("/", "");
  }

  @ParameterizedTest
  @MethodSource("models")
  void health_and_metrics_are_told_off_the_service_port(String model) throws Exception {
    try (Child serve =
        Child.start(
            "serve",
            "--listen=tcp:0",
            "--admin=tcp:0",
            // A first answer on a busy machine may hold its loop for long enough to be told of.
            "--slow-loop=0",
            "--model=" + model)) {
      String admin = admin(serve);
      String port = serve.err("  http://127.0.0.1:").replace("/", "");
      assertThat(Wire.ask(admin, "GET", "/health/live")).startsWith("HTTP/1.1 200 ");
      assertThat(Wire.ask(admin, "GET", "/health/ready")).startsWith("HTTP/1.1 200 ");
      assertThat(Wire.ask(port, "GET", "/health/live")).startsWith("HTTP/1.1 404 ");
      for (int i = 0; i < 3; i++) {
        assertThat(Wire.ask(port, "GET", "/")).startsWith("HTTP/1.1 200 ");
      }

      Await.until(
          "four have gone",
          LONG,
          () ->
              metrics(admin)
                  .containsAll(
                      List.of(
                          "usher_connections_closed_total{cause=\"finished\"} 4.0",
                          "usher_connections_active 0.0")));
      assertThat(metrics(admin))
          .contains(
              "usher_connections_accepted_total 4.0",
              "usher_refused_total{why=\"queue-full\"} 0.0",
              "usher_blocked_total{on=\"loop\"} 0.0",
              "usher_calls_seconds_count ",
              "usher_queued 0.0",
              "jvm_memory_used_bytes");
    }
  }

  private static List<String> metrics(String port) throws Exception {
    String answer = Wire.ask(port, "GET", "/metrics");
    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("text/plain; version=0.0.4");
    return answer.lines().map(AdminTest::name).toList();
  }

  /// Names whose values are not known beforehand go without them.
  private static String name(String line) {
    return line.startsWith("usher_calls_seconds_count ")
        ? "usher_calls_seconds_count "
        : line.startsWith("jvm_memory_used_bytes") ? "jvm_memory_used_bytes" : line;
  }

  @Test
  void a_server_that_drains_is_not_ready_and_still_lives() throws Exception {
    try (Child testee =
        Child.start(
            "testee",
            "--root=" + folder,
            "--listen=tcp:0",
            "--admin=tcp:0",
            "--drain=60s",
            "--model=thread-per-connection")) {
      String admin = admin(testee);
      String port = testee.out("READY tcp:127.0.0.1:");
      try (Wire slow = new Wire(port)) {
        slow.send("GET /slow?ms=600000 HTTP/1.1\r\nHost: x\r\n\r\n");
        Await.until(
            "it is served", LONG, () -> metrics(admin).contains("usher_connections_active 1.0"));
        testee.signal("TERM");
        Await.until(
            "it is not ready",
            LONG,
            () -> Wire.ask(admin, "GET", "/health/ready").startsWith("HTTP/1.1 503 "));
        assertThat(Wire.ask(admin, "GET", "/health/live")).startsWith("HTTP/1.1 200 ");
        testee.signal("TERM");
      }
    }
  }

  @Test
  void an_admin_address_that_is_taken_is_told_so() throws Exception {
    try (Child first = Child.start("serve", "--listen=tcp:0", "--admin=tcp:0")) {
      String admin = admin(first);
      try (Child second = Child.start("serve", "--listen=tcp:0", "--admin=tcp:" + admin)) {
        assertThat(second.err("usher: port " + admin)).contains("--admin tcp:");
      }
    }
  }

  @Test
  void the_access_log_shows_latency_and_queue_time() throws Exception {
    Path log = folder.resolve("access.log");
    try (Child serve =
        Child.start("serve", "--listen=tcp:0", "--access-log=" + log, "--access-log-times")) {
      String port = serve.err("  http://127.0.0.1:").replace("/", "");
      assertThat(Wire.ask(port, "GET", "/")).startsWith("HTTP/1.1 200 ");
      Await.until("a line is there", LONG, () -> Files.size(log) > 0);
    }
    assertThat(Files.readString(log))
        .matches("127.0.0.1 - - .* \"GET / HTTP/1.1\" 200 .* \\d+ \\d+\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "prefork(2, event-loop)"})
  void a_handler_that_holds_its_loop_is_logged_with_its_request(String model) throws Exception {
    try (Child testee =
        Child.start(
            "testee", "--root=" + folder, "--listen=tcp:0", "--model=" + model, "--slow-loop=1s")) {
      String port = testee.out("READY tcp:127.0.0.1:");
      try (Wire slow = new Wire(port)) {
        slow.send("GET /slow?ms=600000 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(testee.errWith("GET /slow?ms=600000")).contains("has held its event loop");
        assertThat(testee.errWith("usher.cli.testee.Testee.slow")).contains("at ");
        testee.signal("TERM");
        testee.signal("TERM");
      }
    }
  }

  @Test
  void clients_beyond_the_limit_of_their_address_are_turned_away() throws Exception {
    try (Child serve =
        Child.start("serve", "--listen=tcp:0", "--admin=tcp:0", "--max-per-address=1")) {
      String admin = admin(serve);
      String port = serve.err("  http://127.0.0.1:").replace("/", "");
      try (Wire first = new Wire(port)) {
        first.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        Await.until(
            "it is served", LONG, () -> metrics(admin).contains("usher_connections_active 1.0"));
        try (Wire second = new Wire(port)) {
          assertThat(second.rest()).isEmpty();
        }
        Await.until(
            "it is counted",
            LONG,
            () -> metrics(admin).contains("usher_refused_total{why=\"address\"} 1.0"));
      }
    }
  }
}
