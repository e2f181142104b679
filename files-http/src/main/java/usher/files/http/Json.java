package usher.files.http;

import usher.files.Checksum;
import usher.files.FileEntry;

/// The little JSON (RFC 8259) that is written here. The library depends on nothing but the JDK, and
/// reads none.
final class Json {
  private static final int FIRST_PRINTABLE = 0x20;

  private Json() {}

  /// A file of a list.
  static void file(StringBuilder json, FileEntry entry) {
    json.append("{\"name\":");
    string(json, entry.name().text());
    json.append(",\"size\":").append(entry.size());
    json.append(",\"modified\":\"").append(entry.modified()).append('"');
    json.append(",\"sha256\":");
    json.append(entry.checksum().map(Checksum::hex).map(hex -> '"' + hex + '"').orElse("null"));
    json.append(",\"href\":");
    string(json, "/" + Places.link(entry.name()));
    json.append('}');
  }

  /// A text between its quotes. Halves of surrogate pairs are escaped, so that it is Unicode.
  static void string(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < FIRST_PRINTABLE || isHalf(text, i)) {
            json.append("\\u");
            String hex = Integer.toHexString(c);
            json.repeat('0', 4 - hex.length()).append(hex);
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }

  private static boolean isHalf(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
