package usher.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// A source of made-up input. The same seed gives the same input, on every machine.
///
/// Not safe for use by several threads.
public final class Gen {
  private final long seed;
  private final Random random;

  /// A source that starts from `seed`.
  public Gen(long seed) {
    this.seed = seed;
    // The algorithm of java.util.Random is fixed by its specification, so a seed stays good.
    this.random = new Random(seed);
  }

  /// What this source started from.
  public long seed() {
    return seed;
  }

  /// Any `long`.
  public long anyLong() {
    return random.nextLong();
  }

  /// A number from `low` to `high`, both included.
  public int between(int low, int high) {
    if (low > high) {
      throw new IllegalArgumentException(low + " > " + high);
    }
    return (int) (low + random.nextLong((long) high - low + 1));
  }

  /// True with the given probability, from 0.0 (never) to 1.0 (always).
  public boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /// One of the values.
  @SafeVarargs
  public final <T> T oneOf(T... values) {
    return values[between(0, values.length - 1)];
  }

  /// One of the values.
  public <T> T oneOf(List<T> values) {
    return values.get(between(0, values.size() - 1));
  }

  /// A list of `low` to `high` values.
  public <T> List<T> list(int low, int high, Supplier<T> value) {
    int size = between(low, high);
    List<T> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(value.get());
    }
    return list;
  }

  /// The same values in another order.
  public <T> List<T> shuffled(List<T> values) {
    List<T> copy = new ArrayList<>(values);
    Collections.shuffle(copy, random);
    return copy;
  }

  /// Any bytes, `low` to `high` of them.
  public byte[] bytes(int low, int high) {
    byte[] bytes = new byte[between(low, high)];
    random.nextBytes(bytes);
    return bytes;
  }

  /// `low` to `high` characters of `alphabet`.
  public String text(int low, int high, String alphabet) {
    int size = between(low, high);
    StringBuilder text = new StringBuilder(size);
    for (int i = 0; i < size; i++) {
      text.append(alphabet.charAt(between(0, alphabet.length() - 1)));
    }
    return text.toString();
  }

  /// `input` with one thing wrong: a byte changed, inserted, taken out or doubled, or the end cut
  /// off. The result differs from `input` in most cases, not in all. Empty input gains a byte.
  public byte[] damaged(byte[] input) {
    if (input.length == 0) {
      return bytes(1, 1);
    }
    int at = between(0, input.length - 1);
    return switch (between(0, 4)) {
      case 0 -> spliced(input, at, at + 1, bytes(1, 1));
      case 1 -> spliced(input, at, at, bytes(1, 1));
      case 2 -> spliced(input, at, at + 1, new byte[0]);
      case 3 -> spliced(input, at, at, new byte[] {input[at]});
      default -> spliced(input, at, input.length, new byte[0]);
    };
  }

  private static byte[] spliced(byte[] input, int from, int to, byte[] middle) {
    byte[] result = new byte[from + middle.length + input.length - to];
    System.arraycopy(input, 0, result, 0, from);
    System.arraycopy(middle, 0, result, from, middle.length);
    System.arraycopy(input, to, result, from + middle.length, input.length - to);
    return result;
  }
}
