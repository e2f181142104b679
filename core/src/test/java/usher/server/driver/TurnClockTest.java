package usher.server.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class TurnClockTest {
  private long wall = 5_000;
  private int asked;
  private final TurnClock clock =
      new TurnClock(
          new InstantSource() {
            @Override
            public Instant instant() {
              return Instant.ofEpochMilli(wall);
            }

            @Override
            public long millis() {
              asked++;
              return wall;
            }
          });

  @Test
  void it_reads_right_before_the_first_turn() {
    assertThat(clock.millis()).isEqualTo(5_000);
  }

  @Test
  void the_system_is_asked_once_a_millisecond_of_turns() {
    clock.turn(1_000_000);
    wall = 5_001;
    int before = asked;

    clock.turn(1_999_999);
    assertThat(clock.millis()).isEqualTo(5_000);
    assertThat(asked).isEqualTo(before);

    clock.turn(2_000_000);
    assertThat(clock.millis()).isEqualTo(5_001);
    assertThat(asked).isEqualTo(before + 1);
  }

  @Test
  void it_follows_a_wall_clock_that_is_set_back() {
    wall = 1_000;

    clock.turn(1_000_000);

    assertThat(clock.millis()).isEqualTo(1_000);
  }

  @Test
  void an_instant_is_of_this_moment() {
    wall = 6_000;

    assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(6_000));
  }
}
