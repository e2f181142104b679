package usher.server.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PermitsTest {
  @Test
  void as_many_seats_as_there_are_and_not_one_more() {
    Permits permits = new Permits(2);

    assertThat(permits.take(PermitsTest::nobody)).isTrue();
    assertThat(permits.take(PermitsTest::nobody)).isTrue();
    assertThat(permits.take(PermitsTest::nobody)).isFalse();

    permits.give();
    assertThat(permits.take(PermitsTest::nobody)).isTrue();
    assertThat(permits.take(PermitsTest::nobody)).isFalse();
  }

  @Test
  void whoever_does_not_wait_is_seated_at_once_or_not_at_all() {
    Permits permits = new Permits(2);

    assertThat(permits.enter()).isTrue();
    assertThat(permits.enter()).isTrue();
    assertThat(permits.enter()).isFalse();
    assertThat(permits.seated()).isEqualTo(2);

    permits.leave();
    assertThat(permits.left()).isEqualTo(1);
    assertThat(permits.enter()).isTrue();
    permits.leave();
    permits.close();
    assertThat(permits.enter()).isFalse();
    assertThat(permits.seated()).isEqualTo(1);
  }

  @Test
  void whoever_leaves_makes_room_for_those_who_wait() {
    Permits permits = new Permits(1);
    AtomicInteger told = new AtomicInteger();
    assertThat(permits.enter()).isTrue();
    permits.take(told::incrementAndGet);

    permits.leave();

    assertThat(told).hasValue(1);
  }

  @Test
  void nobody_is_waited_for_after_the_end() throws Exception {
    Permits permits = new Permits(1);
    permits.enter();
    CompletableFuture<Boolean> empty = new CompletableFuture<>();
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> empty.complete(permits.awaitEmpty(TimeUnit.DAYS.toNanos(1))));
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    permits.end();

    assertThat(empty.get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void everybody_who_waits_is_told_once_of_a_seat() {
    Permits permits = new Permits(1);
    AtomicInteger first = new AtomicInteger();
    AtomicInteger second = new AtomicInteger();
    permits.take(PermitsTest::nobody);
    permits.take(first::incrementAndGet);
    permits.take(second::incrementAndGet);
    assertThat(first).hasValue(0);

    permits.give();
    permits.take(PermitsTest::nobody);
    permits.give();

    assertThat(first).hasValue(1);
    assertThat(second).hasValue(1);
  }

  @Test
  void a_thread_waits_for_a_seat() throws Exception {
    Permits permits = new Permits(1);
    assertThat(permits.take()).isTrue();
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    Thread waiting = Thread.ofPlatform().start(() -> taken.complete(permits.take()));
    awaitWaiting(waiting);
    assertThat(taken).isNotDone();

    permits.give();

    assertThat(taken.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nobody_is_seated_after_the_end() throws Exception {
    Permits permits = new Permits(1);
    permits.take(PermitsTest::nobody);
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    Thread waiting = Thread.ofPlatform().start(() -> taken.complete(permits.take()));
    awaitWaiting(waiting);

    permits.close();

    assertThat(taken.get(10, TimeUnit.SECONDS)).isFalse();
    permits.give();
    assertThat(permits.take()).isFalse();
    assertThat(permits.take(PermitsTest::nobody)).isFalse();
  }

  @Test
  void seated_clients_and_those_who_left_are_counted() {
    Permits permits = new Permits(3);
    for (int i = 0; i < 3; i++) {
      permits.take(PermitsTest::nobody);
      permits.seat();
    }
    assertThat(permits.seated()).isEqualTo(3);
    assertThat(permits.left()).isZero();

    permits.leave();
    permits.leave();

    assertThat(permits.seated()).isEqualTo(1);
    assertThat(permits.left()).isEqualTo(2);
    assertThat(permits.take(PermitsTest::nobody)).isTrue();
  }

  @Test
  void it_is_empty_only_when_those_who_wait_for_their_session_have_gone_too() throws Exception {
    Permits permits = new Permits(2);
    assertThat(permits.awaitEmpty(0)).isTrue();
    permits.take(PermitsTest::nobody);
    permits.seat();
    permits.take(PermitsTest::nobody);

    permits.leave();
    assertThat(permits.seated()).isZero();
    assertThat(permits.awaitEmpty(0)).isFalse();

    CompletableFuture<Boolean> empty = new CompletableFuture<>();
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> empty.complete(permits.awaitEmpty(TimeUnit.MINUTES.toNanos(1))));
    awaitWaiting(waiting);
    permits.give();
    assertThat(empty.get(10, TimeUnit.SECONDS)).isTrue();
  }

  private static void nobody() {}

  private static void awaitWaiting(Thread thread) {
    while (thread.isAlive()
        && thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }
}
