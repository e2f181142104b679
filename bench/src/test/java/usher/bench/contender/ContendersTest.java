package usher.bench.contender;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContendersTest {
  private final Installation installation =
      new Installation(
          Path.of("/project"),
          Path.of("/project/limit"),
          Path.of("/jdk"),
          "/project/classes:/m2/io/netty/n.jar:/m2/org/eclipse/jetty/j.jar:/m2/org/slf4j/s.jar");
  private final Launch launch = new Launch(20_001, 64, Path.of("/files"), Path.of("/work"));

  @Test
  void a_peer_sees_its_own_libraries_only() {
    assertThat(installation.classPath(List.of("/io/netty/")))
        .isEqualTo("/project/classes:/m2/io/netty/n.jar");
    assertThat(installation.classPath(List.of())).isEqualTo("/project/classes");
  }

  @Test
  void a_peer_is_a_main_class_with_its_port_first() throws IOException {
    assertThat(line("jetty-virtual"))
        .containsExactly(
            "/jdk/bin/java",
            "-cp",
            "/project/classes:/m2/org/eclipse/jetty/j.jar:/m2/org/slf4j/s.jar",
            "usher.bench.peers.JettyPeer",
            "20001",
            "virtual");
  }

  @Test
  void a_model_is_measured_as_the_testee() throws IOException {
    assertThat(line("event-loop"))
        .startsWith(
            "/project/usher", "testee", "--model", "event-loop", "--listen", "tcp:127.0.0.1:20001")
        .containsSequence("--root", "/files")
        .doesNotContain("--threads");
  }

  @Test
  void the_pool_gets_as_many_threads_as_there_are_connections() throws IOException {
    assertThat(line("thread-pool")).containsSequence("--threads", "64");
    assertThat(line("thread-per-connection")).doesNotContain("--threads");
  }

  @Test
  void a_start_is_that_of_the_command_itself() throws IOException {
    assertThat(contender("event-loop").startCommand().line(launch))
        .containsExactly(
            "/project/usher", "serve", "--model", "event-loop", "--listen", "tcp:127.0.0.1:20001");
  }

  @Test
  void one_seat_only_is_iterative() {
    assertThat(contender("iterative").seats()).isEqualTo(1);
    assertThat(contender("event-loop").seats()).isEqualTo(Contender.ANY);
  }

  @Test
  void names_are_unique() {
    assertThat(Contenders.of(installation)).extracting(Contender::name).doesNotHaveDuplicates();
  }

  @Test
  void nginx_started_by_root_keeps_its_user_and_has_room_to_spare() {
    assertThat(Nginx.configuration("root", launch))
        .startsWith("user root;\nworker_processes 1;")
        .contains(
            "worker_connections 640;",
            "listen 127.0.0.1:20001 backlog",
            "alias /files/;",
            "sendfile on;");
    assertThat(Nginx.configuration("alice", launch)).startsWith("worker_processes 1;");
  }

  private List<String> line(String name) throws IOException {
    return contender(name).command().line(launch);
  }

  private Contender contender(String name) {
    return Contenders.of(installation).stream()
        .filter(contender -> contender.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
