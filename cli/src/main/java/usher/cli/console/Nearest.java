package usher.cli.console;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The name that somebody meant who wrote another.
public final class Nearest {
  private Nearest() {}

  /// The name that is most like the word, if one is like it at all: no more than two letters in
  /// five are wrong, or one is a part of the other.
  public static Optional<String> to(String word, Collection<String> names) {
    return names.stream()
        .filter(name -> !word.isEmpty() && isLike(word, name))
        .min(
            Comparator.<String>comparingInt(name -> distance(word, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /// A question to put behind a complaint: `; did you mean echo?`, or nothing.
  public static String question(String word, Collection<String> names) {
    return to(word, names).map(name -> "; did you mean " + name + "?").orElse("");
  }

  private static boolean isLike(String word, String name) {
    return name.contains(word)
        || word.contains(name)
        || distance(word, name) * 5 <= 2 * Math.max(word.length(), name.length());
  }

  /// How many letters must be put in, left out, replaced or swapped with their neighbour, with case
  /// ignored.
  static int distance(String from, String to) {
    int[] older = new int[to.length() + 1];
    int[] before = new int[to.length() + 1];
    int[] now = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      now[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] free = older;
      older = before;
      before = now;
      now = free;
      now[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int other = same(from, i, to, j) ? 0 : 1;
        now[j] = Math.min(before[j - 1] + other, 1 + Math.min(before[j], now[j - 1]));
        if (i > 1 && j > 1 && same(from, i, to, j - 1) && same(from, i - 1, to, j)) {
          now[j] = Math.min(now[j], older[j - 2] + 1);
        }
      }
    }
    return now[to.length()];
  }

  private static boolean same(String from, int i, String to, int j) {
    return Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
  }
}
