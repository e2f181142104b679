package usher.server.driver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AimdTest {
  private static final long TARGET = 100;

  /// Enters as often as it may.
  private static int fill(Aimd limit) {
    int count = 0;
    while (limit.enter()) {
      count++;
    }
    return count;
  }

  @Test
  void lets_in_as_many_as_its_limit_and_one_for_each_that_leaves() {
    Aimd limit = new Aimd(TARGET, 1_000);

    assertThat(fill(limit)).isEqualTo(Aimd.FIRST);
    assertThat(limit.enter()).isFalse();
    limit.leave();
    assertThat(limit.enter()).isTrue();
    assertThat(limit.enter()).isFalse();
  }

  @Test
  void never_exceeds_the_most() {
    Aimd limit = new Aimd(TARGET, 20);
    for (int round = 0; round < 50; round++) {
      int count = fill(limit);
      for (int i = 0; i < count; i++) {
        limit.leave(0, TARGET);
      }
    }
    assertThat(limit.limit()).isEqualTo(20);
    assertThat(new Aimd(TARGET, 3).limit()).isEqualTo(3);
  }

  @Test
  void shrinks_just_above_the_target_once_for_all_that_suffered_together() {
    Aimd limit = new Aimd(TARGET, 1_000);
    int count = fill(limit);
    assertThat(count).isEqualTo(16);

    limit.leave(0, TARGET);
    assertThat(limit.limit()).isEqualTo(17);
    for (int i = 1; i < count; i++) {
      limit.leave(0, TARGET + i);
    }
    assertThat(limit.limit()).isEqualTo(15);
  }

  @Test
  void grows_by_one_for_each_call_first_and_by_one_for_each_round_later() {
    Aimd limit = new Aimd(TARGET, 1_000);
    int count = fill(limit);
    for (int i = 0; i < count; i++) {
      limit.leave(0, 1);
    }
    // The last of them left a limit behind that was used by less than a half.
    assertThat(limit.limit()).isEqualTo(22);
    assertThat(limit.enter()).isTrue();
    limit.leave(0, TARGET + 1);
    int after = limit.limit();

    int used = fill(limit);
    for (int i = 0; i < used; i++) {
      limit.leave(200, 201);
    }
    assertThat(limit.limit()).isBetween(after, after + 1);
  }

  @Test
  void learns_nothing_while_little_of_it_is_used() {
    Aimd limit = new Aimd(TARGET, 1_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(limit.enter()).isTrue();
      limit.leave(i, i + 1);
    }
    assertThat(limit.limit()).isEqualTo(Aimd.FIRST);
  }

  @Test
  void always_lets_one_in() {
    Aimd limit = new Aimd(TARGET, 1_000);
    for (long now = 0; now < 1_000_000; now += 1_000) {
      assertThat(limit.enter()).isTrue();
      limit.leave(now, now + TARGET + 1);
    }
    assertThat(limit.limit()).isOne();
  }

  @Test
  void finds_what_a_server_of_a_fixed_speed_can_do_in_time() {
    // One call at a time takes 10: with n under way each takes 10 n, and 10 of them are in time.
    Aimd limit = new Aimd(TARGET, 1_000);
    long now = 0;
    for (int round = 0; round < 200; round++) {
      int count = fill(limit);
      long end = now + 10L * count;
      for (int i = 0; i < count; i++) {
        limit.leave(now, end);
      }
      now = end;
    }
    assertThat(limit.limit()).isBetween(8, 11);
  }
}
