package usher.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import usher.session.Session;
import usher.testkit.impure.Holder;

final class PurityTest {
  private static final String IMPURE = "usher.testkit.impure";

  @Test
  void sessions_and_services_are_pure() {
    // Where the owner of a session and the thread of a call meet.
    Purity purity =
        Purity.of("usher", "usher.session", "usher.service")
            .beside(Session.class)
            .without(name -> name.startsWith("usher.session.Errand"));

    assertThat(purity.classes()).contains("usher.session.Step$Write", "usher.service.Echo");
    assertThat(purity.findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Channels, names a channel: java.nio.channels.SocketChannel",
    "Sockets, names a socket: java.net.ServerSocket",
    "Files, names a file or a process: java.nio.file.Path",
    "Threads, names a thread: java.lang.Thread",
    "Monotonic, names a clock: java.lang.System.nanoTime",
    "Millis, names a clock: java.lang.System.currentTimeMillis",
    "Today, names a clock: java.time.LocalDate.now",
    "Clocks, names a clock: java.time.Clock",
    "OldDate, names a clock: java.util.Date.<init>",
    "Locks, 'names a lock, an executor or something else for several threads:"
        + " java.util.concurrent.locks.ReentrantLock'",
    "Executors, 'names a lock, an executor or something else for several threads:"
        + " java.util.concurrent.ExecutorService'",
    "Monitors, takes a lock: enter",
    "Synchronised, takes a lock: method",
    "Waits, names a lock: java.lang.Object.wait",
    "Dice, names a random source: java.util.Random",
    "Identifiers, names a random source: java.util.UUID.randomUUID",
    "Statics, shares state: count",
    "Prints, names a file or a process: java.lang.System.out",
    "Elsewhere, names what does not claim to be pure: usher.testkit.Await",
  })
  void finds(String name, String finding) {
    String full = IMPURE + ".Holder$" + name;
    Purity purity =
        Purity.of("usher", IMPURE).beside(Holder.class).without(other -> !other.equals(full));

    assertThat(purity.findings()).contains(full + " " + finding);
  }

  @Test
  void sees_types_that_only_a_signature_names() {
    List<String> findings =
        Purity.of("usher", IMPURE)
            .beside(Holder.class)
            .without(name -> !name.endsWith("$Generic"))
            .findings();

    assertThat(findings).hasSize(1).first().asString().endsWith("java.lang.Thread");
  }

  @Test
  void what_is_harmless_is_no_finding() {
    List<String> findings =
        Purity.of("usher", IMPURE)
            .beside(Holder.class)
            .without(name -> !name.endsWith("$Harmless"))
            .findings();

    assertThat(findings).isEmpty();
  }
}
