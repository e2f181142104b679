package usher.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GenTest {
  private static final int MANY = 2_000;

  @Test
  void the_same_seed_gives_the_same_input() {
    assertThat(sample(42)).isEqualTo(sample(42)).isNotEqualTo(sample(43));
  }

  @Test
  void a_seed_stays_good_from_one_version_to_the_next() {
    Gen gen = new Gen(1);

    assertThat(gen.seed()).isEqualTo(1);
    assertThat(gen.anyLong()).isEqualTo(-4964420948893066024L);
  }

  @Test
  void numbers_reach_both_bounds_and_do_not_pass_them() {
    Gen gen = new Gen(1);
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      seen.add(gen.between(-2, 2));
    }

    assertThat(seen).containsExactlyInAnyOrder(-2, -1, 0, 1, 2);
    assertThat(gen.between(5, 5)).isEqualTo(5);
  }

  @Test
  void numbers_span_the_whole_range() {
    Gen gen = new Gen(1);
    boolean low = false;
    boolean high = false;
    for (int i = 0; i < MANY; i++) {
      int number = gen.between(Integer.MIN_VALUE, Integer.MAX_VALUE);
      low |= number < Integer.MIN_VALUE / 2;
      high |= number > Integer.MAX_VALUE / 2;
    }

    assertThat(low && high).isTrue();
  }

  @Test
  void bounds_in_the_wrong_order_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gen(1).between(2, 1))
        .withMessage("2 > 1");
  }

  @Test
  void chance_is_never_always_and_in_between() {
    Gen gen = new Gen(1);
    int never = 0;
    int always = 0;
    int sometimes = 0;
    for (int i = 0; i < MANY; i++) {
      never += gen.chance(0) ? 1 : 0;
      always += gen.chance(1) ? 1 : 0;
      sometimes += gen.chance(0.25) ? 1 : 0;
    }

    assertThat(never).isZero();
    assertThat(always).isEqualTo(MANY);
    assertThat(sometimes).isBetween(MANY / 5, MANY * 3 / 10);
  }

  @Test
  void one_of_gives_each() {
    Gen gen = new Gen(1);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      seen.add(gen.oneOf("a", "b", "c"));
    }

    assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void bytes_and_texts_keep_to_their_lengths_and_alphabet() {
    Gen gen = new Gen(1);
    Set<Integer> lengths = new HashSet<>();
    Set<Integer> textLengths = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      lengths.add(gen.bytes(0, 3).length);
      String text = gen.text(1, 2, "xy");
      textLengths.add(text.length());
      assertThat(text).matches("[xy]+");
    }

    assertThat(lengths).containsExactlyInAnyOrder(0, 1, 2, 3);
    assertThat(textLengths).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void lists_are_filled_and_shuffled_without_loss() {
    Gen gen = new Gen(1);
    List<Integer> list = gen.list(5, 5, () -> gen.between(0, 9));
    List<Integer> ordered = List.of(1, 2, 3, 4, 5, 6, 7, 8);

    assertThat(list).hasSize(5);
    assertThat(gen.shuffled(ordered)).containsExactlyInAnyOrderElementsOf(ordered);
    assertThat(gen.shuffled(ordered)).isNotEqualTo(ordered);
  }

  @Test
  void damage_is_one_small_thing() {
    Gen gen = new Gen(1);
    byte[] input = {1, 2, 3, 4, 5, 6, 7, 8};
    Set<Integer> lengths = new HashSet<>();
    int differing = 0;
    for (int i = 0; i < MANY; i++) {
      byte[] damaged = gen.damaged(input);
      lengths.add(damaged.length);
      differing += Arrays.equals(damaged, input) ? 0 : 1;
    }

    assertThat(lengths).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(differing).isGreaterThan(MANY * 9 / 10);
    assertThat(input).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(gen.damaged(new byte[0])).hasSize(1);
  }

  private static List<Object> sample(long seed) {
    Gen gen = new Gen(seed);
    return List.of(
        gen.anyLong(),
        gen.between(0, 1_000_000),
        gen.chance(0.5),
        gen.text(5, 50, "abcdef"),
        Arrays.toString(gen.bytes(5, 50)),
        gen.shuffled(List.of(1, 2, 3, 4, 5, 6)));
  }
}
