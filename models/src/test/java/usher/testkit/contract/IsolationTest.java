package usher.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import usher.server.Model;
import usher.testkit.contract.Isolation.Cell;
import usher.testkit.contract.Isolation.Circle;
import usher.testkit.contract.Isolation.Fate;
import usher.testkit.contract.Isolation.Fault;

/// Every cell of the table of [Isolation], in a server of its own.
final class IsolationTest {
  private static final int OTHERS = Integer.getInteger("usher.others", 8);

  @TempDir private Path folder;

  static Stream<Arguments> cells() {
    return Model.all().stream()
        .flatMap(
            model -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(model.name(), fault)));
  }

  @ParameterizedTest(name = "{0}: a handler that {1}")
  @MethodSource("cells")
  void others_see_what_the_table_says(String name, Fault fault) throws Exception {
    Model model = Contract.model(name);
    Cell cell = Isolation.of(model, fault);
    Path gate = folder.resolve("gate");
    try (FragileServer server = new FragileServer(model, gate)) {
      FragileGuest victim = server.guest();
      String place = victim.ask("who");
      List<FragileGuest> inside = new ArrayList<>();
      List<FragileGuest> outside = new ArrayList<>();
      for (int i = 0; i < OTHERS; i++) {
        FragileGuest other = server.guest();
        if (model instanceof Model.Iterative) {
          // It waits for its turn, and has asked.
          other.send("hello");
          inside.add(other);
        } else {
          (shares(cell.circle(), place, other.ask("who")) ? inside : outside).add(other);
        }
      }
      harm(fault, victim, place);
      for (FragileGuest other : outside) {
        assertThat(other.ask("hello")).as("one apart").isEqualTo("hello");
      }
      if (model instanceof Model.Iterative) {
        alone(cell, inside, gate, victim);
      } else {
        meet(cell, inside, gate);
      }
      if (cell.fate() != Fate.DOWN) {
        try (FragileGuest late = server.guest()) {
          assertThat(late.ask("late")).as("one who comes later").isEqualTo("late");
        }
      } else {
        server.awaitEnd();
      }
    }
  }

  private static boolean shares(Circle circle, String place, String other) {
    return switch (circle) {
      case ALONE -> false;
      case LOOP -> place.equals(other);
      case CHILD -> process(place).equals(process(other));
      case ALL -> true;
    };
  }

  private static String process(String place) {
    return place.split(" ", 2)[0];
  }

  private static void harm(Fault fault, FragileGuest victim, String place) throws Exception {
    switch (fault) {
      case KILLED -> signal("KILL", place);
      case CRASHES -> signal("SEGV", place);
      default -> victim.send(fault.name());
    }
    if (fault == Fault.HANGS) {
      assertThat(victim.answer()).isEqualTo("hanging");
    } else {
      assertThat(victim.answer()).as("its own connection").isEqualTo("-");
    }
  }

  private static void signal(String name, String place) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, process(place)).start();
    assertThat(kill.waitFor()).isZero();
  }

  /// What those see who share its fate.
  private static void meet(Cell cell, List<FragileGuest> inside, Path gate) throws IOException {
    switch (cell.fate()) {
      case NONE -> assertThat(inside).isEmpty();
      case WAIT -> {
        for (FragileGuest other : inside) {
          other.send("hello");
        }
        for (FragileGuest other : inside) {
          assertThat(other.answersSoon()).as("an answer while a handler hangs").isFalse();
        }
        Files.createFile(gate);
        for (FragileGuest other : inside) {
          assertThat(other.answer()).as("when it has returned").isEqualTo("hello");
        }
      }
      case RISK -> {
        for (FragileGuest other : inside) {
          assertThat(other.ask("hello")).as("one of the same process").isIn("hello", "-");
        }
      }
      case CUT, REPLACED, DOWN -> {
        for (FragileGuest other : inside) {
          assertThat(other.ask("hello")).as("one who shares its fate").isEqualTo("-");
        }
      }
    }
  }

  /// The same where clients are served one after the other: the others have asked before.
  private static void alone(Cell cell, List<FragileGuest> others, Path gate, FragileGuest victim)
      throws IOException {
    if (cell.fate() == Fate.WAIT) {
      assertThat(others.getFirst().answersSoon()).as("an answer while a handler hangs").isFalse();
      Files.createFile(gate);
      assertThat(victim.answer()).isEqualTo("done");
      victim.close();
    }
    String expected = cell.fate() == Fate.DOWN ? "-" : "hello";
    for (FragileGuest other : others) {
      assertThat(other.answer()).as("one who waits for its turn").isEqualTo(expected);
      other.close();
    }
  }
}
