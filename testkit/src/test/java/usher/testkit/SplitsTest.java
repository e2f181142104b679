package usher.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SplitsTest {
  private static final byte[] ABCD = "abcd".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] A = "a".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NOTHING = {};

  @Test
  void whole_is_one_part() {
    assertThat(text(Splits.whole(ABCD))).isEqualTo("whole: abcd");
    assertThat(text(Splits.whole(A))).isEqualTo("whole: a");
  }

  @Test
  void bytewise_is_a_part_for_each_byte() {
    assertThat(text(Splits.bytewise(ABCD))).isEqualTo("bytewise: a|b|c|d");
    assertThat(text(Splits.bytewise(A))).isEqualTo("bytewise: a");
  }

  @Test
  void two_way_is_every_cut() {
    assertThat(Splits.twoWay(ABCD))
        .extracting(SplitsTest::text)
        .containsExactly("1+3: a|bcd", "2+2: ab|cd", "3+1: abc|d");
    assertThat(Splits.twoWay(A)).isEmpty();
  }

  @Test
  void empty_input_has_no_parts() {
    Gen gen = new Gen(1);

    assertThat(Splits.whole(NOTHING).parts()).isEmpty();
    assertThat(Splits.bytewise(NOTHING).parts()).isEmpty();
    assertThat(Splits.twoWay(NOTHING)).isEmpty();
    assertThat(Splits.random(NOTHING, 3, gen).parts()).isEmpty();
  }

  @Test
  void random_cuts_fall_everywhere_and_are_named() {
    Gen gen = new Gen(1);
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      seen.add(text(Splits.random(ABCD, 2, gen)));
    }

    assertThat(seen)
        .contains(
            "cut at 1: a|bcd",
            "cut at 2: ab|cd",
            "cut at 3: abc|d",
            "cut at 1,2: a|b|cd",
            "cut at 1,3: a|bc|d",
            "cut at 2,3: ab|c|d");
    assertThat(seen.stream().distinct()).hasSize(6);
  }

  @Test
  void no_split_loses_or_moves_a_byte_or_has_an_empty_part() {
    Seeds.each(
        100,
        gen -> {
          byte[] input = gen.bytes(0, 60);
          for (Split split : Splits.all(input, 5, gen)) {
            assertThat(joined(split)).as(split.name()).isEqualTo(input);
            assertThat(split.parts()).allMatch(part -> part.length > 0);
          }
        });
  }

  @Test
  void all_are_whole_bytewise_two_way_and_random() {
    List<Split> all = Splits.all(ABCD, 4, new Gen(1));

    assertThat(all).hasSize(2 + 3 + 4);
    assertThat(all)
        .extracting(Split::toString)
        .startsWith("whole", "bytewise", "1+3", "2+2", "3+1")
        .filteredOn(name -> name.startsWith("cut at "))
        .hasSize(4);
  }

  @Test
  void the_same_seed_cuts_the_same() {
    assertThat(Splits.all(ABCD, 9, new Gen(5)))
        .extracting(SplitsTest::text)
        .isEqualTo(Splits.all(ABCD, 9, new Gen(5)).stream().map(SplitsTest::text).toList());
  }

  @Test
  void parts_cannot_be_changed() {
    assertThatThrownBy(() -> Splits.whole(ABCD).parts().add(A))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static String text(Split split) {
    return split.parts().stream()
        .map(part -> new String(part, StandardCharsets.US_ASCII))
        .collect(Collectors.joining("|", split.name() + ": ", ""));
  }

  private static byte[] joined(Split split) {
    byte[] all = new byte[split.parts().stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : split.parts()) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
