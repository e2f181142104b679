package usher.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.testkit.Seeds;

final class RingTest {
  private static final long ALL = Long.MAX_VALUE;

  @Test
  void is_empty_at_first() {
    Ring ring = new Ring(4);

    assertThat(ring.isEmpty()).isTrue();
    assertThat(ring.free()).isEqualTo(4);
    assertThat(ring.take(ByteBuffer.allocate(4), ALL)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 511, 512, 513, 65_536})
  void takes_up_to_its_capacity_and_no_more(int capacity) {
    Ring below = new Ring(capacity);
    Ring at = new Ring(capacity);
    Ring above = new Ring(capacity);
    ByteBuffer tooMuch = ByteBuffer.allocate(capacity + 1);

    assertThat(below.put(ByteBuffer.allocate(capacity - 1), ALL)).isEqualTo(capacity - 1);
    assertThat(below.free()).isEqualTo(1);
    assertThat(at.put(ByteBuffer.allocate(capacity), ALL)).isEqualTo(capacity);
    assertThat(at.free()).isZero();
    assertThat(above.put(tooMuch, ALL)).isEqualTo(capacity);
    assertThat(tooMuch.remaining()).isEqualTo(1);
    assertThat(above.put(tooMuch, ALL)).isZero();
    assertThat(above.size()).isEqualTo(capacity);
  }

  @Test
  void moves_no_more_than_it_is_told() {
    Ring ring = new Ring(10);

    assertThat(ring.put(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 3)).isEqualTo(3);
    ByteBuffer target = ByteBuffer.allocate(10);
    assertThat(ring.take(target, 2)).isEqualTo(2);
    assertThat(ring.take(target, 0)).isZero();
    assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
    assertThat(ring.size()).isEqualTo(1);
  }

  @Test
  void forgets_all_when_cleared() {
    Ring ring = new Ring(10);
    ring.put(ByteBuffer.allocate(10), ALL);

    ring.clear();

    assertThat(ring.isEmpty()).isTrue();
    assertThat(ring.put(ByteBuffer.allocate(10), ALL)).isEqualTo(10);
  }

  @Test
  void is_a_queue_whatever_the_order_of_calls() {
    Seeds.each(
        200,
        gen -> {
          int capacity = gen.oneOf(1, 7, 600, 2000);
          Ring ring = new Ring(capacity);
          Queue<Byte> model = new ArrayDeque<>();
          ByteArrayOutputStream expected = new ByteArrayOutputStream();
          ByteArrayOutputStream taken = new ByteArrayOutputStream();
          for (int i = 0; i < 100; i++) {
            byte[] bytes = gen.bytes(0, capacity);
            int put = ring.put(ByteBuffer.wrap(bytes), gen.between(0, capacity));
            for (int j = 0; j < put; j++) {
              model.add(bytes[j]);
            }
            ByteBuffer target = gen.chance(0.5) ? ByteBuffer.allocate(capacity) : direct(capacity);
            int count = ring.take(target, gen.between(0, capacity));
            target.flip();
            while (target.hasRemaining()) {
              taken.write(target.get());
            }
            for (int j = 0; j < count; j++) {
              expected.write(model.remove());
            }
            assertThat(ring.size()).isEqualTo(model.size());
          }
          assertThat(taken.toByteArray()).isEqualTo(expected.toByteArray());
        });
  }

  private static ByteBuffer direct(int capacity) {
    return ByteBuffer.allocateDirect(capacity);
  }
}
