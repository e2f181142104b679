package usher.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import usher.testkit.Await;

/// A parent outlives its children and keeps nothing of them: no zombie, no thread, no descriptor.
/// With ten thousand children, which takes half an hour:
///
/// `mvn -pl models -am verify -Dtest=GenerationsTest -Dsurefire.failIfNoSpecifiedTests=false
/// -Dusher.children=10000`
final class GenerationsTest {
  private static final int CHILDREN = Integer.getInteger("usher.children", 30);

  /// Enough that everything is there which is made once.
  private static final int FIRST = 10;

  private static final int GUESTS_AT_ONCE = 4;
  private static final int SPARE_THREADS = 12;

  @Test
  void children_that_have_ended_leave_nothing_behind() throws Exception {
    try (Family family = new Family("spare(2,4)", "tcp:0", "quiet")) {
      serve(family, FIRST);
      Path parent = Path.of("/proc/" + family.parent().pid());
      family.awaitCalm();
      long threads = count(parent.resolve("task"));
      // A pipe for each child that lives.
      long descriptors = count(parent.resolve("fd")) - family.children().size();

      serve(family, CHILDREN);

      family.awaitCalm();
      Await.until("no zombies", Family.LONG, () -> family.zombies() == 0);
      Await.until(
          "as many descriptors as before, and one for each child",
          Family.LONG,
          () -> count(parent.resolve("fd")) - family.children().size() <= descriptors);
      // The JVM has a thread for each child whose end it waits for, and keeps it for a minute.
      Await.until(
          "as many threads as before",
          Family.LONG,
          () -> count(parent.resolve("task")) <= threads + SPARE_THREADS);
      System.out.printf(
          "%d children: %d zombies, %d threads and %d descriptors of the parent (before: %d, %d)%n",
          CHILDREN,
          family.zombies(),
          count(parent.resolve("task")),
          count(parent.resolve("fd")) - family.children().size(),
          threads,
          descriptors);
    }
  }

  /// Has so many children each serve one guest.
  private static void serve(Family family, int children) throws Exception {
    AtomicInteger left = new AtomicInteger(children);
    AtomicInteger answered = new AtomicInteger();
    List<Thread> guests = new ArrayList<>();
    for (int i = 0; i < GUESTS_AT_ONCE; i++) {
      guests.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (left.getAndDecrement() > 0) {
                      try (Guest guest = family.guest()) {
                        if (guest.ask("hello").equals("hello")) {
                          answered.incrementAndGet();
                        }
                      } catch (IOException thrown) {
                        throw new java.io.UncheckedIOException(thrown);
                      }
                    }
                  }));
    }
    for (Thread guest : guests) {
      guest.join();
    }
    assertThat(answered).hasValue(children);
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.count();
    }
  }
}
