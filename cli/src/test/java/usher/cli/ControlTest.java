package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `usher ctl` and `usher restart` against a server in a process of its own.
final class ControlTest {
  @TempDir Path folder;

  private Path socket() {
    return folder.resolve("control");
  }

  private Child testee(String... more) throws Exception {
    String[] args = new String[more.length + 4];
    args[0] = "testee";
    args[1] = "--listen=tcp:0";
    args[2] = "--root=" + folder;
    args[3] = "--control=" + socket();
    System.arraycopy(more, 0, args, 4, more.length);
    return Child.start(args);
  }

  /// What it answers, as a person sees it.
  private String ctl(String... words) {
    String[] args = new String[words.length + 3];
    args[0] = "ctl";
    args[1] = "--control";
    args[2] = socket().toString();
    System.arraycopy(words, 0, args, 3, words.length);
    Run run = Run.of(args);
    return run.code() == 0 ? run.out() : run.err();
  }

  private JsonNode json(String... words) {
    String[] more = new String[words.length + 1];
    more[0] = "--json";
    System.arraycopy(words, 0, more, 1, words.length);
    return JsonMapper.shared().readTree(ctl(more));
  }

  @Test
  void status_tells_what_is_served_where_and_to_how_many() throws Exception {
    try (Child testee = testee("--model", "event-loop")) {
      String port = testee.out("READY tcp:127.0.0.1:");
      try (Wire client = new Wire(port)) {
        client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
        client.until("Hello, World!");
        JsonNode status = json("status");
        assertThat(status.path("model").stringValue()).isEqualTo("event-loop");
        assertThat(status.path("addresses").path(0).stringValue()).endsWith(":" + port);
        assertThat(status.path("active").intValue()).isEqualTo(1);
        assertThat(status.path("state").stringValue()).isEqualTo("serving");
        assertThat(status.path("residentBytes").longValue()).isPositive();
        assertThat(ctl("status"))
            .contains("usher testee " + folder, "serving, ready", "1 now", ":" + port);
      }
    }
  }

  @Test
  void connections_are_shown_with_what_they_do() throws Exception {
    try (Child testee = testee("--model", "virtual-threads")) {
      String port = testee.out("READY tcp:127.0.0.1:");
      try (Wire idle = new Wire(port)) {
        idle.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
        idle.until("Hello, World!");
        Wire busy = new Wire(port);
        busy.send(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
        busy.until("100 Continue\r\n\r\n");
        JsonNode all = json("connections").path("connections");
        assertThat(all.size()).isEqualTo(2);
        for (JsonNode each : all) {
          assertThat(each.path("local").stringValue()).isEqualTo("127.0.0.1:" + port);
          assertThat(each.path("model").stringValue()).isEqualTo("virtual-threads");
          assertThat(each.path("bytesIn").longValue()).isPositive();
          assertThat(each.path("bytesOut").longValue()).isPositive();
        }
        // The oldest first.
        assertThat(all.path(0).path("does").stringValue()).isEqualTo("waiting");
        assertThat(all.path(1).path("does").stringValue()).isEqualTo("POST /");
        assertThat(ctl("connections")).contains("CLIENT", "waiting", "POST /");
        busy.close();
      }
    }
  }

  @Test
  void nobody_else_may_open_the_socket() throws Exception {
    try (Child testee = testee()) {
      testee.out("READY");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-------");
      assertThat(folder).isDirectoryContaining(socket()::equals);
      assertThat(folder.toFile().list()).hasSize(1);
      testee.signal("TERM");
      assertThat(testee.exitCode()).isZero();
      assertThat(socket()).doesNotExist();
    }
  }

  @Test
  void model_changes_under_clients_that_stay() throws Exception {
    try (Child testee = testee("--model", "thread-pool");
        Wire client = new Wire(testee.out("READY tcp:127.0.0.1:"))) {
      client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
      client.until("Hello, World!");
      assertThat(ctl("model", "event-loop")).startsWith("model: event-loop, before: thread-pool");
      assertThat(ctl("status")).contains("1 under thread-pool, finishing", "0 under event-loop");
      client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.rest()).containsIgnoringCase("connection: close").contains("Hello, World!");
      assertThat(ctl("model", "event-lop"))
          .contains("there is no model event-lop", "event-loop?")
          .doesNotContain("Exception");
      assertThat(json("status").path("model").stringValue()).isEqualTo("event-loop");
    }
  }

  @Test
  void drained_server_lets_nobody_in_until_it_resumes() throws Exception {
    try (Child testee = testee()) {
      String port = testee.out("READY tcp:127.0.0.1:");
      assertThat(ctl("drain")).contains("draining, not ready");
      try (Wire client = new Wire(port)) {
        client.send("GET /hello HTTP/1.0\r\n\r\n");
        assertThat(json("status").path("active").intValue()).isZero();
        assertThat(ctl("resume")).contains("serving, ready");
        assertThat(client.rest()).startsWith("HTTP/1.1 200 OK");
      }
    }
  }

  @Test
  void log_level_changes() throws Exception {
    try (Child testee = testee()) {
      testee.out("READY");
      assertThat(ctl("loglevel", "debug")).startsWith("log level: debug, before: info");
      assertThat(ctl("loglevel")).startsWith("log level: debug");
      assertThat(ctl("loglevel", "loud")).contains("there is no level loud", "debug");
    }
  }

  @Test
  void threads_and_their_stacks_are_shown() throws Exception {
    try (Child testee = testee("--model", "event-loop")) {
      testee.out("READY");
      assertThat(ctl("threads")).contains("THREAD", "usher-event-loop-0", "RUNNABLE");
      assertThat(ctl("threads-dump")).contains("usher-event-loop-0", "    at ", "Loop.run");
    }
  }

  @Test
  void stop_is_as_polite_as_a_signal() throws Exception {
    try (Child testee = testee()) {
      testee.out("READY");
      assertThat(ctl("stop")).contains("lets its clients finish and ends");
      testee.err("usher: stopping");
      assertThat(testee.exitCode()).isZero();
    }
  }

  @Test
  void restart_hands_the_socket_on() throws Exception {
    try (Child testee = testee();
        Wire client = new Wire(testee.out("READY tcp:127.0.0.1:"))) {
      client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
      client.until("Hello, World!");
      long old = json("status").path("pid").longValue();
      String port = json("status").path("addresses").path(0).stringValue();

      Run restart = Run.of("restart", "--control", socket().toString());

      assertThat(restart.out()).contains("serves in place of " + old);
      JsonNode status = json("status");
      long fresh = status.path("pid").longValue();
      try {
        assertThat(fresh).isNotEqualTo(old);
        assertThat(status.path("addresses").path(0).stringValue()).isEqualTo(port);
        client.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(client.rest())
            .containsIgnoringCase("connection: close")
            .contains("Hello, World!");
        assertThat(testee.exitCode()).isZero();
        assertThat(Wire.ask(port.replaceAll(".*:", ""), "GET", "/hello")).contains("200 OK");
        assertThat(ctl("stop")).contains("process " + fresh);
      } finally {
        ProcessHandle.of(fresh).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  @Test
  void who_asks_nobody_is_told_so() throws Exception {
    Run absent = Run.of("ctl", "--control", socket().toString(), "status");
    assertThat(absent.code()).isEqualTo(1);
    assertThat(absent.err()).contains("no server answers at " + socket());
    Files.writeString(socket(), "mine");
    try (Child testee = testee()) {
      assertThat(testee.err("usher: there is no control socket: ")).contains("no socket");
      testee.out("READY");
    }
    assertThat(socket()).hasContent("mine");
  }
}
