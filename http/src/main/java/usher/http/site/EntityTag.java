package usher.http.site;

import org.jspecify.annotations.Nullable;

/// A validator of a representation (RFC 9110, 8.8.3).
///
/// @param weak whether two representations of this tag may differ in their bytes
/// @param opaque what stands between the quotes
record EntityTag(boolean weak, String opaque) {
  /// As it stands on the wire.
  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"") + opaque + "\"";
  }

  /// Whether both stand for the same bytes (RFC 9110, 8.8.3.2).
  boolean strongly(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /// Whether both stand for the same content, if not for the same bytes.
  boolean weakly(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  /// Reads one tag, or gives null where the text is none.
  static @Nullable EntityTag parse(String text) {
    int end = end(text, 0);
    return end == text.length() ? at(text, 0, end) : null;
  }

  /// Whether a list of tags has this one.
  ///
  /// @param list the value of `If-Match` or `If-None-Match`, which is `*` or a list of tags; from
  ///   where it is broken it is taken to have no further tags
  boolean isIn(String list, boolean strong) {
    if (list.equals("*")) {
      return true;
    }
    int i = 0;
    while (i < list.length()) {
      char c = list.charAt(i);
      if (c == ' ' || c == '\t' || c == ',') {
        i++;
        continue;
      }
      int end = end(list, i);
      if (end < 0) {
        return false;
      }
      EntityTag tag = at(list, i, end);
      if (strong ? strongly(tag) : weakly(tag)) {
        return true;
      }
      i = end;
    }
    return false;
  }

  private static EntityTag at(String text, int start, int end) {
    boolean weak = text.charAt(start) == 'W';
    return new EntityTag(weak, text.substring(start + (weak ? 3 : 1), end - 1));
  }

  /// The end of the tag that starts here, or -1 where none does.
  private static int end(String text, int start) {
    int quote = text.startsWith("W/", start) ? start + 2 : start;
    if (quote >= text.length() || text.charAt(quote) != '"') {
      return -1;
    }
    for (int i = quote + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c <= ' ' || c == 0x7f) {
        return -1;
      }
    }
    return -1;
  }
}
