package usher.lab.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MixTest {
  private static int[] kinds(int count, long seed, double... weights) {
    Mix mix = new Mix(weights, seed);
    return IntStream.generate(mix::next).limit(count).toArray();
  }

  @Test
  void each_kind_has_its_share() {
    int[] kinds = kinds(100_000, 5, 99, 1);

    assertThat(IntStream.of(kinds).filter(kind -> kind == 1).count() / 1_000.0)
        .isCloseTo(1, within(0.2));
  }

  @Test
  void the_rarest_comes_once_in_each_round_and_not_always_at_the_same_place() {
    int[] kinds = kinds(1_000, 5, 38, 1, 1);

    List<Integer> places = new ArrayList<>();
    for (int round = 0; round < 25; round++) {
      int from = round * 40;
      int[] rare = IntStream.range(0, 40).filter(i -> kinds[from + i] == 2).toArray();
      assertThat(rare).hasSize(1);
      places.add(rare[0]);
    }
    assertThat(Set.copyOf(places)).hasSizeGreaterThan(10);
  }

  @Test
  void a_kind_without_weight_never_comes_wherever_it_stands() {
    assertThat(kinds(10_000, 1, 0, 1, 0, 1, 0)).containsOnly(1, 3);
  }

  @Test
  void one_kind_is_always_that_one() {
    assertThat(kinds(10, 1, 0.001)).containsOnly(0);
  }

  @Test
  void the_same_seed_gives_the_same_sequence() {
    assertThat(kinds(1_000, 9, 1, 2, 3))
        .containsExactly(kinds(1_000, 9, 1, 2, 3))
        .isNotEqualTo(kinds(1_000, 10, 1, 2, 3));
  }

  @Test
  void weights_of_which_none_counts_are_refused() {
    assertThatThrownBy(() -> new Mix(new double[] {0, 0}, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Mix(new double[] {2, -1}, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Mix(new double[] {Double.NaN}, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
