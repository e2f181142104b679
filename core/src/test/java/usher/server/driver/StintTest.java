package usher.server.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class StintTest {
  private static final Client CLIENT =
      new Client() {
        @Override
        public String task() {
          return "GET /";
        }

        @Override
        public String remote() {
          return "192.0.2.7:1";
        }

        @Override
        public String host() {
          return "192.0.2.7";
        }

        @Override
        public String local() {
          return "192.0.2.1:80";
        }
      };

  private final Stint stint = new Stint(false, 100);

  private boolean overdueAt(long now) {
    Stint.Sight sight = stint.look(now);
    return sight != null && stint.overdue(sight);
  }

  @Test
  void is_idle_before_and_after_a_call() {
    assertThat(stint.look(1)).isNull();
    assertThat(stint.client()).isNull();
    stint.begin(CLIENT);
    assertThat(stint.client()).isSameAs(CLIENT);
    stint.end();
    assertThat(stint.look(2)).isNull();
    assertThat(stint.client()).isNull();
  }

  @Test
  void a_call_is_overdue_once_and_just_at_its_patience() {
    stint.begin(CLIENT);

    assertThat(overdueAt(1_000)).isFalse();
    assertThat(overdueAt(1_099)).isFalse();
    assertThat(overdueAt(1_100)).isTrue();
    assertThat(overdueAt(1_101)).isFalse();
    assertThat(overdueAt(9_999)).isFalse();
  }

  @Test
  void tells_who_and_for_how_long() {
    stint.begin(CLIENT);
    assertThat(stint.look(50)).isNotNull();

    Stint.Sight sight = Objects.requireNonNull(stint.look(80));

    assertThat(sight.client()).isSameAs(CLIENT);
    assertThat(sight.thread()).isSameAs(Thread.currentThread());
    assertThat(sight.nanos()).isEqualTo(30);
    assertThat(stint.still(sight.run())).isTrue();
  }

  @Test
  void the_next_call_begins_anew_whether_or_not_the_last_one_was_seen_to_end() {
    stint.begin(CLIENT);
    assertThat(overdueAt(0)).isFalse();
    stint.begin(CLIENT);
    assertThat(overdueAt(100)).isFalse();
    stint.end();
    stint.begin(CLIENT);
    assertThat(overdueAt(200)).isFalse();
    assertThat(overdueAt(300)).isTrue();
  }

  @Test
  void a_pause_does_not_count() {
    stint.begin(CLIENT);
    assertThat(overdueAt(0)).isFalse();
    stint.pause();
    assertThat(stint.look(1_000)).isNull();
    stint.resume();
    assertThat(overdueAt(2_000)).isFalse();
    assertThat(overdueAt(2_100)).isTrue();
  }
}
