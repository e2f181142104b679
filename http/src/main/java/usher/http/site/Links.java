package usher.http.site;

import java.nio.charset.StandardCharsets;

/// Names as they stand in links and pages.
public final class Links {
  private static final String HEX = "0123456789ABCDEF";

  private Links() {}

  /// One segment of a path, percent-encoded but for the unreserved characters (RFC 3986, 2.3).
  public static String encode(String name) {
    var text = new StringBuilder(name.length() + 16);
    for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '-'
          || c == '.'
          || c == '_'
          || c == '~') {
        text.append(c);
      } else {
        text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return text.toString();
  }

  /// Adds a name as a person shall see it in a page. Characters that would not show, or would
  /// change the order in which others show, stand as U+FFFD, so that no name looks like another.
  public static void escape(StringBuilder page, String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      switch (c) {
        case '&' -> page.append("&amp;");
        case '<' -> page.append("&lt;");
        case '>' -> page.append("&gt;");
        case '"' -> page.append("&quot;");
        case '\'' -> page.append("&#39;");
        default -> page.append(isShown(c) ? c : '\ufffd');
      }
    }
  }

  private static boolean isShown(char c) {
    if (Character.isISOControl(c)) {
      return false;
    }
    return switch (c) {
      // Line and paragraph separators, direction marks, embeddings, overrides and isolates.
      case '\u2028', '\u2029', '\u061c', '\u200e', '\u200f' -> false;
      default -> (c < '\u202a' || c > '\u202e') && (c < '\u2066' || c > '\u2069');
    };
  }
}
