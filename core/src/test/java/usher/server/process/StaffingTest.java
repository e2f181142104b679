package usher.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StaffingTest {
  @Test
  void a_fixed_staff_replaces_who_does_not_stay() {
    Staffing fixed = new Staffing.Fixed(3);
    assertThat(fixed.missing(0, 0, 0)).isEqualTo(3);
    assertThat(fixed.missing(0, 2, 5)).isEqualTo(1);
    assertThat(fixed.missing(0, 3, 3)).isZero();
    fixed.taken(0);
    assertThat(fixed.missing(0, 3, 3)).isZero();
    assertThat(fixed.surplus(3)).isZero();
  }

  @Test
  void as_many_wait_as_the_least_when_nothing_goes_on() {
    Staffing spare = new Staffing.Spare(2, 8, 100);
    assertThat(spare.missing(0, 0, 0)).isEqualTo(2);
    assertThat(spare.missing(1, 1, 1)).isEqualTo(1);
    assertThat(spare.missing(2, 2, 2)).isZero();
    assertThat(spare.surplus(2)).isZero();
  }

  @Test
  void more_wait_when_clients_come_faster_and_fewer_when_it_is_calm() {
    Staffing spare = new Staffing.Spare(2, 7, 100);
    spare.taken(1);
    assertThat(spare.missing(2, 3, 3)).isZero();
    spare.taken(0);
    assertThat(spare.missing(2, 3, 3)).isEqualTo(2);
    spare.taken(0);
    assertThat(spare.missing(0, 0, 0)).isEqualTo(7);
    spare.calm();
    assertThat(spare.surplus(7)).isEqualTo(1);
    for (int i = 0; i < 10; i++) {
      spare.calm();
    }
    assertThat(spare.surplus(7)).isEqualTo(5);
    assertThat(spare.missing(2, 2, 2)).isZero();
  }

  @Test
  void there_are_never_more_than_all() {
    Staffing spare = new Staffing.Spare(4, 8, 10);
    assertThat(spare.missing(0, 8, 8)).isEqualTo(2);
    assertThat(spare.missing(0, 10, 10)).isZero();
    assertThat(spare.missing(0, 11, 11)).isZero();
  }

  @Test
  void one_listens_even_without_spares() {
    Staffing spare = new Staffing.Spare(0, 1, 10);
    assertThat(spare.missing(0, 0, 0)).isEqualTo(1);
    assertThat(spare.missing(1, 1, 1)).isZero();
    assertThat(spare.surplus(1)).isZero();
  }
}
