package usher.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.testkit.Await;

final class FamilyTest {
  private static final String LOOPS = "prefork(2, event-loop)";
  private static final String THREADS = "prefork(2, virtual-threads)";
  private static final String SPARE = "spare(1,2)";
  private static final String TCP = "tcp:0";

  /// A client may have connected and not have asked yet when its child begins to drain.
  private static final String GRACE = "grace=500";

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS, SPARE})
  void clients_are_served_by_children_over_tcp_and_unix(String model, @TempDir Path folder)
      throws Exception {
    for (String where : List.of(TCP, "tcp:[::1]:0", "tcp:*:0", "unix:" + folder.resolve("s"))) {
      try (Family family = new Family(model, where)) {
        try (Guest guest = family.guest();
            Guest other = family.guest()) {
          assertThat(guest.ask("hello")).isEqualTo("hello");
          assertThat(other.ask("hello too")).isEqualTo("hello too");
          assertThat(family.children()).contains(guest.process(), other.process());
          assertThat(guest.ask("bye")).isEqualTo("bye");
          assertThat(guest.answer()).isEqualTo("-");
        }
        family.awaitSaid("closed FINISHED");
      }
    }
  }

  @Test
  void each_client_of_process_per_connection_has_a_process_that_ends_with_it() throws Exception {
    try (Family family = new Family(SPARE, TCP)) {
      Set<Long> seen = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        long process;
        try (Guest guest = family.guest()) {
          process = guest.process();
        }
        assertThat(seen.add(process)).isTrue();
        Family.awaitGone(process);
      }
      Await.until("no zombies", Family.LONG, () -> family.zombies() == 0);
      assertThat(family.children().size()).isBetween(1, 2);
      Await.until(
          "every end is known", Family.LONG, () -> family.saidTimes("closed FINISHED") == 20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS, SPARE})
  void a_killed_child_takes_down_its_own_clients_only_and_is_replaced(String model)
      throws Exception {
    try (Family family = new Family(model, TCP);
        Couple couple = new Couple(family)) {
      long process = couple.one.process();
      Family.signal("KILL", process);
      assertThat(couple.one.answer()).isEqualTo("-");
      Family.awaitGone(process);
      couple.otherIsWell();
      family.awaitLogged("child " + process + " ended by signal 9 while it served");
      family.awaitSaid("closed FAILED");
      try (Guest next = family.guest()) {
        assertThat(next.process()).isNotEqualTo(process);
      }
      if (!model.equals(SPARE)) {
        family.awaitChildren(2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS, SPARE})
  void a_handler_that_exits_takes_down_its_own_process_only(String model) throws Exception {
    try (Family family = new Family(model, TCP);
        Couple couple = new Couple(family)) {
      long process = couple.one.process();
      assertThat(couple.one.ask("exit")).isEqualTo("-");
      Family.awaitGone(process);
      couple.otherIsWell();
      family.awaitLogged("child " + process + " ended with exit code 3");
      try (Guest next = family.guest()) {
        assertThat(next.ask("served")).isEqualTo("served");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS, SPARE})
  void a_handler_that_throws_is_told_of_in_the_parent(String model) throws Exception {
    try (Family family = new Family(model, TCP);
        Guest guest = family.guest()) {
      assertThat(guest.ask("throw")).isEqualTo("-");
      assertThat(family.awaitSaid("failed ")).contains("CallFailed");
      family.awaitSaid("closed FAILED");
    }
  }

  /// A child has the listening socket, its client's, two pipes, and what its own JVM opens: nothing
  /// else of its parent.
  @ParameterizedTest
  @ValueSource(strings = {LOOPS, SPARE})
  void a_child_sees_no_other_socket_or_file_of_its_parent(String model) throws Exception {
    try (Family family = new Family(model, TCP);
        Couple couple = new Couple(family)) {
      for (Guest guest : List.of(couple.one, couple.other)) {
        Set<String> shared = new HashSet<>(descriptors(guest.process()));
        List<String> parents = descriptors(family.parent().pid());
        assertThat(parents).contains("/etc/hostname");
        shared.retainAll(parents);
        shared.removeIf(each -> each.endsWith(".jar") || each.endsWith("/lib/modules"));
        assertThat(shared.stream().filter(each -> each.startsWith("socket:")))
            .as("the listening socket")
            .hasSize(1);
        // Standard output and error, the life of this child, the news.
        assertThat(shared.stream().filter(each -> each.startsWith("pipe:"))).hasSize(4);
        assertThat(
                shared.stream()
                    .filter(each -> !each.startsWith("pipe:") && !each.startsWith("socket:"))
                    .filter(each -> !each.startsWith("anon_inode:") && !each.startsWith("/dev/")))
            .isEmpty();
      }
    }
  }

  private static List<String> descriptors(long process) throws IOException {
    List<String> targets = new ArrayList<>();
    try (var all = Files.list(Path.of("/proc/" + process + "/fd"))) {
      for (Path each : all.toList()) {
        if (Files.isSymbolicLink(each)) {
          targets.add(Files.readSymbolicLink(each).toString());
        }
      }
    }
    return targets;
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, "prefork(2, event-loop-workers)", THREADS, SPARE})
  void a_drain_lets_what_is_in_flight_finish(String model, @TempDir Path folder) throws Exception {
    Path gate = folder.resolve("gate");
    try (Family family = new Family(model, TCP)) {
      try (Guest guest = family.guest()) {
        guest.process();
        guest.send("wait " + gate);
        family.tell("drain");
        family.awaitChildren(1);
        Files.createFile(gate);
        assertThat(guest.answer()).isEqualTo("done");
        assertThat(guest.answer()).isEqualTo("-");
      }
      assertThat(family.awaitSaid("drained ")).isEqualTo("1 finished, none cut");
      family.awaitChildren(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS, SPARE})
  void what_a_draining_child_prints_is_seen(String model, @TempDir Path folder) throws Exception {
    Path gate = folder.resolve("gate");
    try (Family family = new Family(model, TCP);
        Guest guest = family.guest()) {
      long process = guest.process();
      guest.send("wait " + gate);
      family.tell("drain");
      Path descriptors = Path.of("/proc/" + process + "/fd");
      Await.until(
          "it has closed the listening socket, and has its output again",
          Family.LONG,
          () -> isNothing(descriptors.resolve("0")) && !isNothing(descriptors.resolve("2")));
      Files.createFile(gate);
      assertThat(guest.answer()).isEqualTo("done");
      family.awaitLogged("waited for " + gate);
    }
  }

  private static boolean isNothing(Path descriptor) throws IOException {
    return Files.readSymbolicLink(descriptor).equals(Path.of("/dev/null"));
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS, SPARE})
  void closing_kills_the_children(String model) throws Exception {
    try (Family family = new Family(model, TCP);
        Guest guest = family.guest()) {
      guest.process();
      guest.send("hang");
      family.tell("close");
      family.awaitSaid("closed");
      assertThat(guest.answer()).isEqualTo("-");
      family.awaitChildren(0);
      assertThat(family.said().stream().filter(line -> line.startsWith("broken"))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS, SPARE})
  void a_killed_parent_leaves_no_child_behind(String model) throws Exception {
    try (Family family = new Family(model, TCP);
        Couple couple = new Couple(family)) {
      couple.other.send("hang");
      Set<Long> children = family.children();
      assertThat(children).contains(couple.one.process());
      Family.signal("KILL", family.parent().pid());
      children.forEach(Family::awaitGone);
      assertThat(couple.one.answer()).isEqualTo("-");
      assertThat(couple.other.answer()).isEqualTo("-");
    }
  }

  @Test
  void a_child_whose_main_hangs_does_not_survive_its_parent() throws Exception {
    try (Family family = new Family(LOOPS, TCP, "stall")) {
      Set<Long> children = family.awaitChildren(2);
      Family.signal("KILL", family.parent().pid());
      children.forEach(Family::awaitGone);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "virtual-threads"})
  void a_child_that_has_served_enough_is_replaced_and_no_client_notices(String inner)
      throws Exception {
    try (Family family = new Family("prefork(1, " + inner + ")", TCP, "recycle=3", GRACE)) {
      Set<Long> seen = new HashSet<>();
      try (Guest patient = family.guest()) {
        long first = patient.process();
        Await.until(
            "others serve",
            Family.LONG,
            () -> {
              try (Guest guest = family.guest()) {
                seen.add(guest.process());
              }
              return seen.size() >= 4;
            });
        assertThat(seen).contains(first);
        // Whoever stays with the old one is let go politely.
        assertThat(patient.answer()).isEqualTo("-");
        Family.awaitGone(first);
      }
      assertThat(family.said()).doesNotContain("closed FAILED");
    }
  }

  @Test
  void a_child_that_stands_still_is_replaced() throws Exception {
    try (Family family = new Family("prefork(1, virtual-threads)", TCP, "silence=1000");
        Guest guest = family.guest()) {
      long process = guest.process();
      Family.signal("STOP", process);
      family.awaitLogged("child " + process + " gave no sign of life");
      assertThat(guest.answer()).isEqualTo("-");
      try (Guest next = family.guest()) {
        assertThat(next.process()).isNotEqualTo(process);
      }
    }
  }

  @Test
  void a_child_whose_loop_is_held_is_replaced_and_it_is_said_by_whom() throws Exception {
    try (Family family = new Family("prefork(1, event-loop)", TCP, "silence=1000");
        Guest guest = family.guest()) {
      long process = guest.process();
      String mine = family.awaitSaid("accepted ");
      guest.send("hang");
      assertThat(family.awaitLogged("child " + process + " hung"))
          .contains("in a handler for " + mine)
          .contains(Program.class.getName());
      assertThat(guest.answer()).isEqualTo("-");
      try (Guest next = family.guest()) {
        assertThat(next.process()).isNotEqualTo(process);
      }
    }
  }

  @Test
  void children_that_die_young_are_started_less_and_less_often() throws Exception {
    try (Family family = new Family("prefork(2, event-loop)", TCP, "fail", "pause=300")) {
      family.awaitLogged("ended with exit code 9 before it served; the next one in 100 ms");
      family.awaitLogged("ended with exit code 9 before it served; the next one in 200 ms");
      family.awaitLogged("ended with exit code 9 before it served; the next one in 300 ms");
    }
  }

  @Test
  void clients_beyond_the_most_processes_wait_for_one() throws Exception {
    try (Family family = new Family(SPARE, TCP, "most=2");
        Couple couple = new Couple(family);
        Guest third = family.guest()) {
      third.send("served");
      assertThat(couple.one.ask("still")).isEqualTo("still");
      assertThat(family.children()).hasSize(2);
      couple.one.close();
      assertThat(third.answer()).isEqualTo("served");
      couple.otherIsWell();
    }
  }

  @Test
  void the_parent_counts_the_clients_of_all_children() throws Exception {
    try (Family family = new Family(LOOPS, TCP);
        Couple couple = new Couple(family)) {
      couple.otherIsWell();
      family.tell("active");
      assertThat(family.awaitSaid("active ")).isEqualTo("2");
    }
  }

  /// Two clients that two processes serve.
  private static final class Couple implements AutoCloseable {
    final Guest one;
    final Guest other;

    Couple(Family family) throws IOException, InterruptedException {
      one = family.guest();
      long process = one.process();
      // The system may well give one of them every client: so it stands still for a moment.
      Family.stop(process);
      try {
        other = family.guest();
        assertThat(other.process()).isNotEqualTo(process);
      } finally {
        Family.signal("CONT", process);
      }
    }

    void otherIsWell() throws IOException {
      assertThat(other.ask("well")).isEqualTo("well");
    }

    @Override
    public void close() throws IOException {
      one.close();
      other.close();
    }
  }
}
