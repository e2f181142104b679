package usher.server.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AlarmHeapTest {
  private static final class Bell extends Alarm {}

  private final AlarmHeap<Bell> heap = new AlarmHeap<>();

  private Bell add(long ring) {
    Bell bell = new Bell();
    heap.add(bell, ring);
    return bell;
  }

  @Test
  void an_empty_heap_never_rings() {
    assertThat(heap.first()).isNull();
    assertThat(heap.ring()).isEqualTo(Long.MAX_VALUE);
    assertThat(heap.size()).isZero();
    assertThat(heap.all()).isEmpty();
  }

  @Test
  void the_earliest_is_first() {
    Bell late = add(30);
    Bell early = add(10);
    Bell middle = add(20);

    assertThat(heap.first()).isSameAs(early);
    assertThat(heap.ring()).isEqualTo(10);
    assertThat(heap.all()).containsExactlyInAnyOrder(late, early, middle);
  }

  @Test
  void an_alarm_may_move_either_way() {
    Bell one = add(10);
    Bell two = add(20);

    heap.move(one, 30);
    assertThat(heap.first()).isSameAs(two);

    heap.move(one, 5);
    assertThat(heap.first()).isSameAs(one);

    heap.move(one, 5);
    assertThat(heap.ring()).isEqualTo(5);
  }

  @Test
  void an_alarm_that_is_in_no_heap_is_removed_without_harm() {
    Bell bell = add(10);

    heap.remove(bell);
    heap.remove(bell);
    heap.remove(new Bell());

    assertThat(heap.size()).isZero();
    assertThat(bell.slot).isEqualTo(-1);
  }

  @Test
  void an_alarm_may_come_back() {
    Bell bell = add(10);
    heap.remove(bell);

    heap.add(bell, 20);

    assertThat(heap.first()).isSameAs(bell);
    assertThat(heap.ring()).isEqualTo(20);
  }

  @Test
  void whatever_is_done_the_order_holds_and_nothing_is_lost() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Bell> model = new ArrayList<>();
    for (int step = 0; step < 20_000; step++) {
      long ring = random.nextInt(100);
      // Grows at first and shrinks in the end, so that the array grows and empties.
      int grow = step < 10_000 ? 6 : 3;
      int choice = random.nextInt(10);
      if (model.isEmpty() || choice < grow) {
        model.add(add(ring));
      } else if (choice < 8) {
        heap.move(model.get(random.nextInt(model.size())), ring);
      } else {
        heap.remove(model.remove(random.nextInt(model.size())));
      }
      long first = model.stream().mapToLong(bell -> bell.ring).min().orElse(Long.MAX_VALUE);
      assertThat(heap.ring()).as("seed %s, step %s", seed, step).isEqualTo(first);
      assertThat(heap.size()).as("seed %s, step %s", seed, step).isEqualTo(model.size());
    }
    assertThat(heap.all()).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(model);
    model.sort(Comparator.comparingLong(bell -> bell.ring));
    for (Bell expected : model) {
      Bell first = Objects.requireNonNull(heap.first());
      assertThat(first.ring).as("seed %s", seed).isEqualTo(expected.ring);
      heap.remove(first);
    }
    assertThat(heap.size()).isZero();
  }
}
