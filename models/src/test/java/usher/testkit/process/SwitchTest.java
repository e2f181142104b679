package usher.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.server.Model;
import usher.testkit.Await;

/// A running server changes its model, clients all the while: every ordered pair of models where
/// the whole is asked for (`-Dusher.whole=true`), and each model twice in every build.
final class SwitchTest {
  private static final String FIRST = "event-loop";

  /// The usual models, with few threads and processes.
  private static final List<String> MODELS =
      List.of(
          "iterative",
          "thread-per-connection",
          "thread-pool(16)",
          "virtual-threads",
          FIRST,
          "event-loops(2)",
          "event-loop-workers(4)",
          "prefork(2, event-loop)",
          "spare(1,2)");

  @Test
  void no_client_notices_any_change_of_model() throws Exception {
    noClientNotices("tcp:0", Boolean.getBoolean("usher.whole") ? walk() : thereAndBack());
  }

  /// Each model twice, with another one before it: what a build has the time for.
  private static List<String> thereAndBack() {
    List<String> models = new ArrayList<>(MODELS);
    Collections.rotate(models, -MODELS.indexOf(FIRST) - 1);
    List<String> back = new ArrayList<>(models.reversed());
    back.removeFirst();
    models.addAll(back);
    models.addAll(List.of("prefork(2, event-loop)", "thread-pool(16)"));
    return models;
  }

  @Test
  void nor_over_a_unix_socket(@TempDir Path folder) throws Exception {
    List<String> round = new ArrayList<>(MODELS);
    Collections.rotate(round, -MODELS.indexOf(FIRST) - 1);
    noClientNotices("unix:" + folder.resolve("s"), round);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-loop", "virtual-threads", "prefork(2, event-loop)", "spare(1,2)"})
  void a_drain_reaches_those_of_the_model_before(String model) throws Exception {
    String next = model.equals(FIRST) ? "virtual-threads" : FIRST;
    try (Family family = new Family(model, "tcp:0");
        Guest kept = family.guest()) {
      assertThat(kept.ask("before")).isEqualTo("before");
      family.ask("switch " + next, "switched ");
      assertThat(kept.ask("still there")).isEqualTo("still there");
      assertThat(family.ask("drain", "drained ")).endsWith("none cut");
    }
  }

  private static void noClientNotices(String address, List<String> models) throws Exception {
    try (Family family = new Family(FIRST, address);
        Crowd crowd = new Crowd(family.address())) {
      String old = FIRST;
      for (String next : models) {
        change(family, old, next);
        assertThat(crowd.complaints).as("%s to %s", old, next).isEmpty();
        old = next;
      }
      crowd.leave();
      assertThat(crowd.complaints).isEmpty();
      awaitOnly(family, "[0 under " + text(old));
      assertThat(family.logged()).noneMatch(line -> line.contains("Exception"));
    }
  }

  private static void change(Family family, String old, String next) throws Exception {
    // One at a time is served under `iterative`: nobody may keep its seat for long.
    boolean alone = old.equals("iterative");
    try (Guest kept = alone ? null : family.guest()) {
      if (kept != null) {
        assertThat(kept.ask("before")).isEqualTo("before");
      }
      assertThat(family.ask("switch " + next, "switched ")).isEqualTo(text(next));
      try (Guest fresh = family.guest()) {
        assertThat(fresh.ask("after")).isEqualTo("after");
        if (kept != null) {
          assertThat(kept.ask("still there")).isEqualTo("still there");
          assertThat(family.ask("seated", "seated "))
              .contains(" under " + text(old), " under " + text(next));
        }
      }
    }
    awaitOnly(family, " under " + text(next));
  }

  /// Waits until those of the models before have gone with their last clients.
  private static void awaitOnly(Family family, String words) {
    Await.until(
        "only " + words,
        Family.LONG,
        () -> {
          String seated = family.ask("seated", "seated ");
          return seated.contains(words) && seated.indexOf("under") == seated.lastIndexOf("under");
        });
  }

  private static String text(String model) {
    return model.startsWith("spare")
        ? "process-per-connection(1, 2)"
        : Model.named(model).orElseThrow().text();
  }

  /// A way over every ordered pair of models once (a circuit of Euler's, by Hierholzer's method).
  private static List<String> walk() {
    List<List<String>> left = new ArrayList<>();
    for (String from : MODELS) {
      List<String> others = new ArrayList<>(MODELS);
      others.remove(from);
      left.add(others);
    }
    List<String> stack = new ArrayList<>(List.of(FIRST));
    List<String> circuit = new ArrayList<>();
    while (!stack.isEmpty()) {
      List<String> ways = left.get(MODELS.indexOf(stack.getLast()));
      if (ways.isEmpty()) {
        circuit.add(stack.removeLast());
      } else {
        stack.add(ways.removeLast());
      }
    }
    Collections.reverse(circuit);
    return circuit.subList(1, circuit.size());
  }

  @Test
  void the_walk_takes_each_pair_once() {
    List<String> pairs = new ArrayList<>();
    String old = FIRST;
    for (String next : walk()) {
      pairs.add(old + " to " + next);
      old = next;
    }
    assertThat(pairs).doesNotHaveDuplicates().hasSize(MODELS.size() * (MODELS.size() - 1));
  }
}
