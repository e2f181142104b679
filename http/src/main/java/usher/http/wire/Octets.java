package usher.http.wire;

import java.nio.ByteBuffer;

/// Which bytes may stand where (RFC 9110, 5.5 and 5.6.2), as one table, and comparisons that know
/// only ASCII.
public final class Octets {
  /// May stand in a token.
  static final byte TOKEN = 1;

  /// May stand in a field value: visible, space, tab, and the bytes above ASCII.
  static final byte VALUE = 2;

  /// May stand in a request target: visible ASCII but `#`, which begins a fragment.
  static final byte TARGET = 4;

  /// May stand in a host's name: unreserved characters and sub-delimiters (RFC 3986, 3.2.2).
  static final byte HOST = 8;

  private static final byte[] CLASSES = classes();

  private Octets() {}

  private static byte[] classes() {
    var classes = new byte[256];
    for (int c = '!'; c <= '~'; c++) {
      classes[c] = VALUE | TARGET;
      if (letterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0) {
        classes[c] |= TOKEN;
      }
      if (letterOrDigit(c) || "-._~!$&'()*+,;=".indexOf(c) >= 0) {
        classes[c] |= HOST;
      }
    }
    classes['#'] &= ~TARGET;
    for (int c = 0x80; c <= 0xff; c++) {
      classes[c] = VALUE;
    }
    classes[' '] = VALUE;
    classes['\t'] = VALUE;
    return classes;
  }

  static boolean letterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /// Whether a byte is of a class.
  static boolean is(byte b, byte octetClass) {
    return (CLASSES[b & 0xff] & octetClass) != 0;
  }

  /// The first place from here on that holds no byte of a field's value, or the end. Eight bytes at
  /// a time: values are most of a head.
  static int skipValue(byte[] bytes, int from, int to) {
    int p = from;
    if (to - p >= Long.BYTES) {
      ByteBuffer view = ByteBuffer.wrap(bytes);
      while (to - p >= Long.BYTES) {
        long eight = view.getLong(p);
        // The top bit of each byte: of `below` where it is under 0x20, of `deleted` where it is
        // 0x7f.
        // A borrow may mark a byte behind one that is marked rightly, which only ends this loop.
        long below = (eight - 0x2020202020202020L) & ~eight;
        long flipped = eight ^ 0x7f7f7f7f7f7f7f7fL;
        long deleted = (flipped - 0x0101010101010101L) & ~flipped;
        if (((below | deleted) & 0x8080808080808080L) != 0) {
          break;
        }
        p += Long.BYTES;
      }
    }
    while (p < to && is(bytes[p], VALUE)) {
      p++;
    }
    return p;
  }

  /// Whether this is a token, of at least one character.
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7e || (CLASSES[c] & TOKEN) == 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /// Whether this may be sent as a field's value: no controls but tabs, nothing above U+00FF, no
  /// white space at the ends (it would not arrive).
  public static boolean isFieldValue(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c > 0xff || (CLASSES[c] & VALUE) == 0) {
        return false;
      }
    }
    return length == 0 || (text.charAt(0) > ' ' && text.charAt(length - 1) > ' ');
  }

  /// Whether these bytes are this text, which is ASCII in lower case, without regard to case.
  static boolean same(byte[] bytes, int from, int to, String lower) {
    if (to - from != lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      if (lower(bytes[from + i]) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  /// A text cut short and with what cannot be seen made visible, for a message.
  public static String shown(String text) {
    var shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < 40; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~') {
        shown.append(c);
      } else {
        shown.append(String.format("\\u%04x", (int) c));
      }
    }
    return text.length() > 40 ? shown.append('…').toString() : shown.toString();
  }
}
