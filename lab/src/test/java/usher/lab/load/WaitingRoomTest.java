package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WaitingRoomTest {
  @Test
  void takes_as_many_as_it_has_seats_and_no_more() {
    WaitingRoom room = new WaitingRoom(2);

    assertThat(room.enter(1, 10)).isTrue();
    assertThat(room.enter(2, 20)).isTrue();
    assertThat(room.enter(3, 30)).isFalse();
    room.leave();
    assertThat(room.enter(4, 40)).isTrue();
  }

  @Test
  void the_oldest_leaves_first_however_often_the_seats_are_taken() {
    WaitingRoom room = new WaitingRoom(3);
    for (int i = 0; i < 10; i += 2) {
      room.enter(i, i);
      room.enter(i + 1, i + 1);
      for (int j = i; j < i + 2; j++) {
        assertThat(room.due()).isEqualTo(j);
        assertThat(room.shape()).isEqualTo(j);
        room.leave();
      }
    }
    assertThat(room.empty()).isTrue();
  }
}
