package usher.http.site;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A content coding that a file may be sent in. The order is that of preference where a client has
/// none.
enum Encoding {
  BROTLI("br", ".br"),
  GZIP("gzip", ".gz"),
  IDENTITY("identity", "");

  /// As it stands in `Content-Encoding`.
  final String token;

  /// What a precompressed file's name ends with, behind the name of the plain one.
  final String suffix;

  Encoding(String token, String suffix) {
    this.token = token;
    this.suffix = suffix;
  }

  /// Picks by `Accept-Encoding` (RFC 9110, 12.5.3): what the client likes best of what there is,
  /// the smaller one where it likes two alike. A client that says nothing, or accepts none of them,
  /// gets the plain file; what cannot be read of the field is passed over.
  static Encoding choose(@Nullable String accepted, Set<Encoding> available) {
    if (accepted == null) {
      return IDENTITY;
    }
    int any = -1;
    int brotli = -1;
    int gzip = -1;
    int identity = -1;
    for (int start = 0; start <= accepted.length(); ) {
      int comma = accepted.indexOf(',', start);
      int end = comma < 0 ? accepted.length() : comma;
      int semicolon = accepted.indexOf(';', start);
      int nameEnd = semicolon < 0 || semicolon > end ? end : semicolon;
      int q = nameEnd == end ? 1000 : quality(accepted.substring(nameEnd + 1, end).strip());
      String name = accepted.substring(start, nameEnd).strip().toLowerCase(Locale.ROOT);
      if (q >= 0) {
        switch (name) {
          case "*" -> any = q;
          case "br" -> brotli = q;
          case "gzip", "x-gzip" -> gzip = q;
          case "identity" -> identity = q;
          default -> {}
        }
      }
      start = end + 1;
    }
    Encoding best = IDENTITY;
    int most = 0;
    for (Encoding encoding : available) {
      int named =
          switch (encoding) {
            case BROTLI -> brotli;
            case GZIP -> gzip;
            case IDENTITY -> identity;
          };
      int q = named < 0 ? any : named;
      if (q > most) {
        most = q;
        best = encoding;
      }
    }
    return best;
  }

  /// A weight in thousandths (RFC 9110, 12.4.2), or -1 where it is malformed.
  private static int quality(String parameter) {
    int length = parameter.length();
    if (length < 3 || length > 7 || !parameter.regionMatches(true, 0, "q=", 0, 2)) {
      return -1;
    }
    char whole = parameter.charAt(2);
    if ((whole != '0' && whole != '1') || (length > 3 && parameter.charAt(3) != '.')) {
      return -1;
    }
    int value = (whole - '0') * 1000;
    int unit = 100;
    for (int i = 4; i < length; i++, unit /= 10) {
      int digit = parameter.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value += digit * unit;
    }
    return value > 1000 ? -1 : value;
  }
}
