package usher.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgramTest {
  private static final Path JAVA = Path.of("/opt/jdk/bin/java");

  @Test
  void a_child_runs_the_same_and_is_told_what_it_is() {
    Program program = new Program("/jdk/bin/java", bytes("java", "-Xmx1g", "Main", "", "tcp:1"));
    assertThat(texts(program.child("0:1", List.of("-XX:One", "-XX:Two"))))
        .containsExactly(
            "java", "-XX:One", "-XX:Two", "-Dusher.child=0:1", "-Xmx1g", "Main", "", "tcp:1");
  }

  @Test
  void the_child_of_a_child_is_told_once() {
    Program program = new Program("/jdk/bin/java", bytes("java", "-Dusher.child=0:1", "Main"));
    assertThat(texts(program.child("1:0", List.of())))
        .containsExactly("java", "-Dusher.child=1:0", "Main");
  }

  @Test
  void this_process_is_read_with_all_of_its_arguments() throws IOException {
    Program own = Program.own();
    assertThat(own.file()).endsWith("/java");
    assertThat(texts(own.arguments()).getFirst()).endsWith("java");
    assertThat(own.arguments().size()).isGreaterThan(1);
  }

  @Test
  void it_is_said_where_there_can_be_no_children_and_why() {
    assertThat(Program.obstacle("Linux", () -> true, JAVA)).isEmpty();
    assertThat(Program.obstacle("Mac OS X", () -> true, JAVA))
        .hasValue("child processes are given a socket on Linux only, and this is Mac OS X");
    assertThat(Program.obstacle("Linux", () -> false, JAVA))
        .hasValue("child processes need glibc 2.34 or newer");
    assertThat(Program.obstacle("Linux", () -> true, Path.of("")))
        .hasValue("child processes need the folder /proc");
    assertThat(Program.obstacle("Linux", () -> true, Path.of("/opt/app/launcher")))
        .hasValue(
            "a child is a second run of the command java, and this process is /opt/app/launcher");
  }

  private static List<byte[]> bytes(String... texts) {
    return List.of(texts).stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private static List<String> texts(List<byte[]> bytes) {
    return bytes.stream().map(each -> new String(each, StandardCharsets.UTF_8)).toList();
  }
}
