package usher.testkit.drive;

import java.util.List;
import java.util.SplittableRandom;

/// Properties tried with seeded random cases. The seeds of a run follow each other from one that
/// `-Dusher.seed` sets, so a case that failed can be tried alone: its seed is in the failure.
public final class Trials {
  private static final long FIRST_SEED = 20_251_120;

  private Trials() {}

  /// What should hold for every case.
  @FunctionalInterface
  public interface Property {
    /// Tries one case.
    void holds(Dice dice) throws Exception;
  }

  /// Tries a property many times; the first failure is thrown with its seed.
  public static void run(int times, Property property) {
    long first = Long.getLong("usher.seed", FIRST_SEED);
    for (int i = 0; i < times; i++) {
      long seed = first + i;
      try {
        property.holds(new Dice(seed));
      } catch (Throwable thrown) {
        throw new AssertionError("fails with -Dusher.seed=" + seed + ": " + thrown, thrown);
      }
    }
  }

  /// A random source that gives the same again for the same seed.
  public static final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
      random = new SplittableRandom(seed);
    }

    /// From zero up to this, exclusive.
    public int below(int bound) {
      return random.nextInt(bound);
    }

    /// From the one to the other, both inclusive.
    public int between(int least, int most) {
      return random.nextInt(least, most + 1);
    }

    /// True once in so many times.
    public boolean once(int in) {
      return random.nextInt(in) == 0;
    }

    /// One of these.
    @SafeVarargs
    public final <T> T of(T... choices) {
      return choices[random.nextInt(choices.length)];
    }

    /// One of these.
    public <T> T of(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }

    /// A text of characters from an alphabet.
    public String text(String alphabet, int least, int most) {
      var text = new StringBuilder();
      for (int i = between(least, most); i > 0; i--) {
        text.append(alphabet.charAt(below(alphabet.length())));
      }
      return text.toString();
    }

    /// Any bytes.
    public byte[] bytes(int length) {
      var bytes = new byte[length];
      random.nextBytes(bytes);
      return bytes;
    }
  }
}
