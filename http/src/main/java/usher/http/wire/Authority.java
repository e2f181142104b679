package usher.http.wire;

import java.nio.charset.StandardCharsets;

/// Host and port as they stand in `Host` and in an absolute target (RFC 9110, 7.2; RFC 3986,
/// 3.2.2), without user information.
public final class Authority {
  private Authority() {}

  /// Whether this is `host` or `host:port`. The host may be empty, as RFC 3986 has it.
  public static boolean isValid(String text) {
    // A character above U+00FF becomes a question mark, which no host has.
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return isValid(bytes, 0, bytes.length);
  }

  static boolean isValid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && Octets.is(bytes[at], Octets.HOST)) {
      at++;
    }
    if (at == to) {
      return true;
    }
    switch (bytes[at]) {
      case '[' -> {
        int close = at;
        while (close < to && bytes[close] != ']') {
          close++;
        }
        if (at > from || close == to || !literal(text(bytes, at + 1, close))) {
          return false;
        }
        at = close + 1;
      }
      case '%' -> {
        while (at < to && bytes[at] != ':') {
          if (bytes[at] == '%') {
            if (at + 2 >= to || !hex(bytes[at + 1]) || !hex(bytes[at + 2])) {
              return false;
            }
            at += 3;
          } else if (Octets.is(bytes[at], Octets.HOST)) {
            at++;
          } else {
            return false;
          }
        }
      }
      default -> {}
    }
    return at == to || (bytes[at] == ':' && port(bytes, at + 1, to));
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static boolean port(byte[] bytes, int from, int to) {
    int port = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      port = port * 10 + digit;
      if (port > 65_535) {
        return false;
      }
    }
    return true;
  }

  /// The inside of `[…]`: an IPv6 address (its form only, no names are looked up) or, for versions
  /// to come, `v1.…`.
  private static boolean literal(String text) {
    if (text.length() > 2 && (text.charAt(0) | 0x20) == 'v') {
      return future(text);
    }
    int groups = 0;
    int at = 0;
    boolean gap = false;
    if (text.startsWith("::")) {
      gap = true;
      at = 2;
    }
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && hex(text.charAt(end))) {
        end++;
      }
      if (end < text.length() && text.charAt(end) == '.') {
        return quad(text.substring(at)) && (gap ? groups <= 5 : groups == 6);
      }
      if (end == at || end - at > 4) {
        return false;
      }
      groups++;
      at = end;
      if (at == text.length()) {
        break;
      }
      if (text.charAt(at) != ':' || at + 1 == text.length()) {
        return false;
      }
      at++;
      if (text.charAt(at) == ':') {
        if (gap) {
          return false;
        }
        gap = true;
        at++;
      }
    }
    return gap ? groups <= 7 : groups == 8;
  }

  private static boolean future(String text) {
    int dot = text.indexOf('.');
    if (dot < 2 || dot == text.length() - 1) {
      return false;
    }
    for (int i = 1; i < dot; i++) {
      if (!hex(text.charAt(i))) {
        return false;
      }
    }
    for (int i = dot + 1; i < text.length(); i++) {
      if (text.charAt(i) != ':' && !Octets.is((byte) text.charAt(i), Octets.HOST)) {
        return false;
      }
    }
    return true;
  }

  private static boolean quad(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
        return false;
      }
      for (int i = 0; i < part.length(); i++) {
        if (part.charAt(i) < '0' || part.charAt(i) > '9') {
          return false;
        }
      }
      if (Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static boolean hex(int c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
  }
}
