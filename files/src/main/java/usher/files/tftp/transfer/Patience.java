package usher.files.tftp.transfer;

import java.time.Duration;

/// How often packets are sent again, and after how long: first after the timeout of the terms, then
/// after twice as long each time, up to a bound.
///
/// @param unanswered how often to a peer that has not answered at all: anybody can write anybody's
///   address into a request, and this bounds what is sent there
/// @param silent how often to one that has been heard
/// @param longest the longest pause, unless the timeout is longer
public record Patience(int unanswered, int silent, Duration longest) {
  /// 3 times, 5 times, 8 s: a peer that falls silent is given up after 23 s.
  public static final Patience USUAL = new Patience(3, 5, Duration.ofSeconds(8));

  /// @throws IllegalArgumentException if a number is negative, or the pause is none
  public Patience {
    if (unanswered < 0 || silent < 0 || longest.isZero() || longest.isNegative()) {
      throw new IllegalArgumentException("there is no patience without time");
    }
  }

  /// How long to wait, having tried again so often.
  long pause(Duration timeout, int again) {
    long first = timeout.toNanos();
    long pause = first;
    for (int i = 0; i < again && pause < longest.toNanos(); i++) {
      pause *= 2;
    }
    return Math.max(first, Math.min(pause, longest.toNanos()));
  }
}
