package usher.http.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The head of a request (or a trailer section) as it came: its bytes, and where its parts lie.
/// Texts are made when asked for. Immutable.
public final class Head {
  /// How many numbers tell where a field lies: start and end of its name. Its value lies between
  /// the colon and the next line, and is trimmed when asked for.
  static final int SPAN = 2;

  private final byte[] bytes;
  private final int[] spans;
  private final int size;

  /// Where the line lies that ends the head.
  private final int end;

  private final int methodStart;
  private final int methodEnd;
  private final int targetEnd;
  private final int minor;

  Head(
      byte[] bytes,
      int[] spans,
      int size,
      int end,
      int methodStart,
      int methodEnd,
      int targetEnd,
      int minor) {
    this.bytes = bytes;
    this.spans = spans;
    this.size = size;
    this.end = end;
    this.methodStart = methodStart;
    this.methodEnd = methodEnd;
    this.targetEnd = targetEnd;
    this.minor = minor;
  }

  /// The method.
  public String method() {
    int from = methodStart;
    int to = methodEnd;
    // The methods that nearly every request has need no text of their own.
    switch (to - from) {
      case 3 -> {
        if (is(from, 'G', 'E', 'T')) {
          return "GET";
        }
        if (is(from, 'P', 'U', 'T')) {
          return "PUT";
        }
      }
      case 4 -> {
        if (bytes[from] == 'P' && is(from + 1, 'O', 'S', 'T')) {
          return "POST";
        }
        if (bytes[from] == 'H' && is(from + 1, 'E', 'A', 'D')) {
          return "HEAD";
        }
      }
      default -> {}
    }
    return text(from, to);
  }

  private boolean is(int at, char a, char b, char c) {
    return bytes[at] == a && bytes[at + 1] == b && bytes[at + 2] == c;
  }

  /// The target as it was sent.
  public String target() {
    return text(methodEnd + 1, targetEnd);
  }

  /// The minor version, 0 or 1; a higher one counts as 1 (RFC 9110, 2.5).
  public int minor() {
    return minor;
  }

  /// How many fields there are.
  public int size() {
    return size;
  }

  /// The name of a field.
  public String name(int index) {
    check(index);
    return text(spans[SPAN * index], spans[SPAN * index + 1]);
  }

  /// The value of a field, without the white space around it.
  public String value(int index) {
    check(index);
    return text(valueStart(index), valueEnd(index));
  }

  /// The value of the first field of this name, in any case.
  public @Nullable String first(String name) {
    for (int i = 0; i < size; i++) {
      if (named(i, name)) {
        return value(i);
      }
    }
    return null;
  }

  /// Whether a field has this name, in any case.
  public boolean named(int index, String name) {
    int from = spans[SPAN * index];
    if (spans[SPAN * index + 1] - from != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (Octets.lower(bytes[from + i]) != Octets.lower(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  byte[] bytes() {
    return bytes;
  }

  int nameStart(int index) {
    return spans[SPAN * index];
  }

  int nameEnd(int index) {
    return spans[SPAN * index + 1];
  }

  int valueStart(int index) {
    int lineEnd = lineEnd(index);
    int at = nameEnd(index) + 1;
    while (at < lineEnd && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }

  int valueEnd(int index) {
    int at = lineEnd(index);
    int colon = nameEnd(index);
    while (at > colon + 1 && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t')) {
      at--;
    }
    return Math.max(at, valueStart(index));
  }

  private int lineEnd(int index) {
    return (index + 1 < size ? nameStart(index + 1) : end) - 2;
  }

  private void check(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("field " + index + " of " + size);
    }
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
