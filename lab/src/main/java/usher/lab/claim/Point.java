package usher.lab.claim;

import java.util.Arrays;
import java.util.stream.Collectors;

/// A part of a claim that figures can answer.
///
/// @param answer whether it is so
/// @param words the figures, in a sentence; what is lacking where it is not known
record Point(Answer answer, String words) {
  enum Answer {
    YES,
    NO,
    UNKNOWN
  }

  static Point of(boolean yes, String words) {
    return new Point(yes ? Answer.YES : Answer.NO, words);
  }

  static Point unknown(String words) {
    return new Point(Answer.UNKNOWN, words);
  }

  boolean known() {
    return answer != Answer.UNKNOWN;
  }

  /// This one, or the other where this is not known.
  Point or(Point other) {
    return known() || !other.known() ? this : other;
  }

  /// A claim holds if all its points that are known are so, and is not measured if the first, which
  /// is its heart, is not known.
  static Finding finding(int number, String claim, Point... points) {
    Finding.Verdict verdict = Finding.Verdict.HOLDS;
    if (!points[0].known()) {
      verdict = Finding.Verdict.UNMEASURED;
    } else if (Arrays.stream(points).anyMatch(point -> point.answer() == Answer.NO)) {
      verdict = Finding.Verdict.FAILS;
    }
    String words = Arrays.stream(points).map(Point::words).collect(Collectors.joining(" "));
    return new Finding(number, claim, verdict, words);
  }
}
