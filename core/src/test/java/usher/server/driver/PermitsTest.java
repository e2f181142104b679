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
  void nobody_is_seated_after_the_end() {
    Permits permits = new Permits(1);
    permits.close();

    assertThat(permits.take(PermitsTest::nobody)).isFalse();
    assertThat(permits.enter()).isFalse();
  }

  @Test
  void a_part_takes_the_seats_of_the_whole() {
    Permits whole = new Permits(2);
    Permits one = whole.part();
    Permits other = whole.part();
    assertThat(one.enter()).isTrue();
    assertThat(other.enter()).isTrue();
    assertThat(one.seated()).isEqualTo(1);
    assertThat(whole.seated()).isEqualTo(2);
    AtomicInteger told = new AtomicInteger();
    assertThat(one.enter()).isFalse();
    assertThat(one.take(told::incrementAndGet)).isFalse();

    other.leave();

    assertThat(told).hasValue(1);
    assertThat(other.awaitEmpty(0)).isTrue();
    assertThat(whole.seated()).isEqualTo(1);
    assertThat(whole.left()).isEqualTo(1);
    assertThat(one.enter()).isTrue();
  }

  @Test
  void a_part_that_is_closed_leaves_the_seats_to_others() {
    Permits whole = new Permits(1);
    Permits old = whole.part();
    Permits fresh = whole.part();

    old.close();

    assertThat(old.enter()).isFalse();
    assertThat(old.take(PermitsTest::nobody)).isFalse();
    assertThat(whole.seated()).isZero();
    assertThat(whole.left()).isZero();
    assertThat(fresh.enter()).isTrue();
    assertThat(fresh.closed()).isFalse();
    whole.close();
    assertThat(fresh.closed()).isTrue();
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
