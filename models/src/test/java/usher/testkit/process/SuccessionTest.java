package usher.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A program is taken over by its next run, clients all the while.
final class SuccessionTest {
  private static final int SUCCESSIONS = Boolean.getBoolean("usher.whole") ? 10 : 1;

  /// A client may have connected and not have asked yet when its server begins to drain.
  private static final String GRACE = "grace=500";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "event-loop | tcp:0",
        "event-loop | unix",
        "virtual-threads | tcp:*:0",
        "thread-pool | tcp:[::1]:0",
        "prefork(2, event-loop) | tcp:0",
        "spare(1,2) | unix"
      })
  void no_client_notices_a_succession(String model, String where, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("s");
    try (Family family =
            Family.lasting(model, where.equals("unix") ? "unix:" + file : where, GRACE);
        Crowd crowd = new Crowd(family.address())) {
      for (int i = 1; i <= SUCCESSIONS; i++) {
        long before = served(family);
        long next = Long.parseLong(family.ask("succeed", "succeeded "));
        Family.awaitGone(before);
        assertThat(next).isNotEqualTo(before);
        assertThat(served(family)).isEqualTo(next);
        assertThat(crowd.complaints).as("succession %d", i).isEmpty();
      }
      crowd.leave();
      assertThat(crowd.complaints).isEmpty();
      assertThat(Files.exists(file)).isEqualTo(where.equals("unix"));
      assertThat(family.ask("drain", "drained ")).endsWith("none cut");
      assertThat(Files.exists(file)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"fail", "hang"})
  void a_successor_that_does_not_serve_changes_nothing(String how) throws Exception {
    try (Family family = Family.lasting("event-loop", "tcp:0", GRACE);
        Guest kept = family.guest()) {
      assertThat(kept.ask("before")).isEqualTo("before");
      long number = Long.parseLong(family.ask("succeed " + how, "not succeeded "));
      Family.awaitGone(number);
      assertThat(kept.ask("after")).isEqualTo("after");
      try (Guest fresh = family.guest()) {
        assertThat(fresh.ask("as well")).isEqualTo("as well");
      }
      assertThat(family.ask("succeed", "succeeded ")).isNotEmpty();
    }
  }

  @Test
  void a_file_of_a_socket_is_deleted_by_the_last_who_listens(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("s");
    try (Family family = Family.lasting("event-loop", "unix:" + file, GRACE)) {
      family.ask("succeed", "succeeded ");
      assertThat(Files.exists(file)).isTrue();
      try (Guest guest = family.guest()) {
        assertThat(guest.ask("there")).isEqualTo("there");
      }
    }
  }

  /// Which process answers the parent's standard input.
  private static long served(Family family) throws Exception {
    return Long.parseLong(family.ask("number", "number "));
  }
}
