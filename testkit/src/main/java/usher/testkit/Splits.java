package usher.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The ways in which input can arrive in parts. A parser must make the same of all of them.
public final class Splits {
  private Splits() {}

  /// All in one part; empty input has no part.
  public static Split whole(byte[] input) {
    return cut("whole", input, List.of());
  }

  /// A part for every byte.
  public static Split bytewise(byte[] input) {
    return cut("bytewise", input, IntStream.range(1, input.length).boxed().toList());
  }

  /// Every cut into two parts: one fewer than there are bytes.
  public static List<Split> twoWay(byte[] input) {
    return IntStream.range(1, input.length)
        .mapToObj(at -> cut(at + "+" + (input.length - at), input, List.of(at)))
        .toList();
  }

  /// Cuts at up to `cuts` places, wherever they fall; two that fall together count as one.
  public static Split random(byte[] input, int cuts, Gen gen) {
    TreeSet<Integer> places = new TreeSet<>();
    for (int i = 0; i < cuts && input.length > 1; i++) {
      places.add(gen.between(1, input.length - 1));
    }
    String at = places.stream().map(String::valueOf).collect(Collectors.joining(","));
    return cut("cut at " + at, input, List.copyOf(places));
  }

  /// Whole, bytewise, every two-way cut, and `randoms` random splits of up to eight cuts each.
  public static List<Split> all(byte[] input, int randoms, Gen gen) {
    List<Split> all = new ArrayList<>();
    all.add(whole(input));
    all.add(bytewise(input));
    all.addAll(twoWay(input));
    for (int i = 0; i < randoms; i++) {
      all.add(random(input, gen.between(1, 8), gen));
    }
    return List.copyOf(all);
  }

  private static Split cut(String name, byte[] input, List<Integer> places) {
    List<byte[]> parts = new ArrayList<>(places.size() + 1);
    int from = 0;
    for (int to : places) {
      parts.add(Arrays.copyOfRange(input, from, to));
      from = to;
    }
    if (from < input.length) {
      parts.add(Arrays.copyOfRange(input, from, input.length));
    }
    return new Split(name, parts);
  }
}
