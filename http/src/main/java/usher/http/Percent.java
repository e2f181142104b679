package usher.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding (RFC 3986, 2.1), decoded once and strictly: two hexadecimal digits after each
/// `%`, and well-formed UTF-8 behind them.
public final class Percent {
  private Percent() {}

  /// The text that this percent-encoded one stands for.
  ///
  /// @throws HttpException `400` where the encoding is broken
  public static String decode(String text) {
    return text.indexOf('%') < 0 ? text : decode(text, false);
  }

  /// The text that this part of a form or query stands for, where `+` is a space.
  ///
  /// @throws HttpException `400` where the encoding is broken
  public static String decodeForm(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0 ? text : decode(text, true);
  }

  private static String decode(String text, boolean plusIsSpace) {
    var bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= text.length()) {
          throw broken();
        }
        int value = digit(text.charAt(i + 1)) << 4 | digit(text.charAt(i + 2));
        bytes[length++] = (byte) value;
        i += 2;
      } else if (c > 0x7e) {
        throw new HttpException(400, "bytes above ASCII must be percent-encoded");
      } else {
        bytes[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new HttpException(400, "percent-encoded bytes are not UTF-8");
    }
  }

  private static int digit(char c) {
    // Not Character.digit, which knows the digits of every script.
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    if (lower >= 'a' && lower <= 'f') {
      return lower - 'a' + 10;
    }
    throw broken();
  }

  private static HttpException broken() {
    return new HttpException(400, "percent-encoding needs two hexadecimal digits");
  }
}
