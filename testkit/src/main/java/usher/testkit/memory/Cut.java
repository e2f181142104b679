package usher.testkit.memory;

import java.util.SplittableRandom;

/// How many bytes one call of `read` or `write` may move at most.
public sealed interface Cut {
  /// As many as fit: no fault.
  static Cut whole() {
    return new Whole();
  }

  /// At most `bytes` a call, at least 1.
  static Cut atMost(int bytes) {
    return new AtMost(bytes);
  }

  /// From 1 to `bytes` a call, drawn anew for each call.
  static Cut random(int bytes) {
    return new Drawn(bytes);
  }

  /// The most that the coming call may move; at least 1.
  long next(SplittableRandom random);

  /// As many as fit.
  record Whole() implements Cut {
    @Override
    public long next(SplittableRandom random) {
      return Long.MAX_VALUE;
    }
  }

  /// At most so many bytes a call.
  record AtMost(int bytes) implements Cut {
    public AtMost {
      requirePositive(bytes);
    }

    @Override
    public long next(SplittableRandom random) {
      return bytes;
    }
  }

  /// From 1 to so many bytes a call.
  record Drawn(int bytes) implements Cut {
    public Drawn {
      requirePositive(bytes);
    }

    @Override
    public long next(SplittableRandom random) {
      return random.nextLong(1, bytes + 1L);
    }
  }

  private static void requirePositive(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a call moves at least 1 byte, not " + bytes);
    }
  }
}
