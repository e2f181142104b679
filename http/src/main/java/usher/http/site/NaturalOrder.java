package usher.http.site;

import java.util.Comparator;

/// Names as people sort them: without regard to case, and numbers by their value, so that `page 9`
/// comes before `page 10`.
final class NaturalOrder {
  /// Names that differ in no such way are told apart by their characters, so that the order is
  /// total.
  static final Comparator<String> NAMES =
      ((Comparator<String>) NaturalOrder::compare).thenComparing(Comparator.naturalOrder());

  private NaturalOrder() {}

  private static int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      char x = a.charAt(i);
      char y = b.charAt(j);
      if (isDigit(x) && isDigit(y)) {
        int iStart = skipZeros(a, i);
        int jStart = skipZeros(b, j);
        i = skipDigits(a, iStart);
        j = skipDigits(b, jStart);
        int order = Integer.compare(i - iStart, j - jStart);
        if (order == 0) {
          order = a.substring(iStart, i).compareTo(b.substring(jStart, j));
        }
        if (order != 0) {
          return order;
        }
      } else {
        int order = Character.compare(fold(x), fold(y));
        if (order != 0) {
          return order;
        }
        i++;
        j++;
      }
    }
    return Integer.compare(a.length() - i, b.length() - j);
  }

  private static char fold(char c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int skipZeros(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) == '0') {
      i++;
    }
    return i;
  }

  private static int skipDigits(String text, int start) {
    int i = start;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
