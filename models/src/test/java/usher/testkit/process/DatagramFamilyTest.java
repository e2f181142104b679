package usher.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.testkit.Await;

final class DatagramFamilyTest {
  private static final String LOOPS = "prefork(2, event-loop)";
  private static final String THREADS = "prefork(2, virtual-threads)";
  private static final String SPARE = "spare(1,2)";
  private static final String UDP = "udp:0";

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS, SPARE})
  void datagrams_are_answered_by_children_over_ipv4_and_ipv6(String model) throws Exception {
    for (String where : List.of(UDP, "udp:[::1]:0", "udp:*:0")) {
      try (Family family = new Family(model, where);
          Sender sender = new Sender(family.address())) {
        for (int i = 0; i < 3; i++) {
          assertThat(sender.ask("hello " + i)).isEqualTo("hello " + i);
        }
        assertThat(sender.process()).isNotEqualTo(family.parent().pid());
      }
    }
  }

  @Test
  void each_datagram_of_process_per_connection_has_a_process_that_ends_with_it() throws Exception {
    try (Family family = new Family(SPARE, UDP);
        Sender sender = new Sender(family.address())) {
      Set<Long> seen = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        long process = sender.process();
        assertThat(seen.add(process)).isTrue();
        Family.awaitGone(process);
      }
      Await.until(
          "every datagram is told",
          Family.LONG,
          () -> family.said().stream().filter(line -> line.startsWith("received ")).count() == 10);
      Await.until(
          "and none is in hand any more",
          Family.LONG,
          () -> {
            family.tell("active");
            return family.saidTimes("active 0") > 0;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS, SPARE})
  void a_handler_that_exits_takes_down_its_own_process_only(String model) throws Exception {
    try (Family family = new Family(model, UDP);
        Sender sender = new Sender(family.address())) {
      sender.send("exit");
      family.awaitLogged("ended with exit code 3");
      assertThat(sender.ask("served")).isEqualTo("served");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS})
  void a_killed_child_is_replaced_and_the_others_answer(String model) throws Exception {
    try (Family family = new Family(model, UDP);
        Sender sender = new Sender(family.address())) {
      long process = sender.process();
      Family.signal("KILL", process);
      Family.awaitGone(process);
      assertThat(sender.process()).isNotEqualTo(process);
      family.awaitChildren(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS, SPARE})
  void a_handler_that_throws_is_told_of_in_the_parent(String model) throws Exception {
    try (Family family = new Family(model, UDP);
        Sender sender = new Sender(family.address())) {
      sender.send("throw");
      assertThat(family.awaitSaid("failed ")).contains("thrown in the child");
      assertThat(sender.ask("served")).isEqualTo("served");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, THREADS, SPARE})
  void what_is_dropped_in_a_child_is_counted_in_the_parent(String model) throws Exception {
    try (Family family = new Family(model, UDP);
        Sender sender = new Sender(family.address())) {
      for (int i = 0; i < 3; i++) {
        sender.send("x".repeat(Program.LONGEST + 1));
      }
      assertThat(sender.ask("x".repeat(Program.LONGEST))).hasSize(Program.LONGEST);
      family.awaitSaid("thrown away TOO_LONG");
      Await.until(
          "all three are counted",
          Family.LONG,
          () -> {
            family.tell("dropped");
            return family.saidTimes("dropped 3") > 0;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, "prefork(2, event-loop-workers)", THREADS, SPARE})
  void a_drain_lets_the_datagram_in_hand_finish(String model, @TempDir Path folder)
      throws Exception {
    Path begun = folder.resolve("begun");
    Path gate = folder.resolve("gate");
    try (Family family = new Family(model, UDP);
        Sender sender = new Sender(family.address())) {
      sender.send("begin " + begun + " " + gate);
      Await.until("it is in hand", Family.LONG, () -> Files.exists(begun));
      family.tell("drain");
      family.awaitChildren(1);
      Files.createFile(gate);
      assertThat(sender.answer()).isEqualTo("done");
      family.awaitSaid("drained ");
      family.awaitChildren(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {LOOPS, SPARE})
  void closing_kills_the_children(String model, @TempDir Path folder) throws Exception {
    Path begun = folder.resolve("begun");
    try (Family family = new Family(model, UDP);
        Sender sender = new Sender(family.address())) {
      sender.send("begin " + begun + " " + folder.resolve("never"));
      Await.until("it is in hand", Family.LONG, () -> Files.exists(begun));
      family.tell("close");
      family.awaitSaid("closed");
      family.awaitChildren(0);
      assertThat(family.said().stream().filter(line -> line.startsWith("broken"))).isEmpty();
    }
  }
}
