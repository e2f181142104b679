package usher.files.http;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import usher.files.Checksum;
import usher.http.Headers;
import usher.http.HttpException;

/// Checksums as header fields have them (RFC 9530): SHA-256 only, other algorithms are as if they
/// had not come.
final class Digests {
  static final String FIELD = "Repr-Digest";
  private static final Pattern SHA_256 =
      Pattern.compile("(?:^|,)[ \\t]*sha-256[ \\t]*=([^,]*)(?:,|$)");
  private static final Pattern BYTES = Pattern.compile("[ \\t]*:([0-9A-Za-z+/=]*):[^:]*");
  private static final Pattern WEIGHT = Pattern.compile("[ \\t]*(?:10|[0-9])[ \\t]*");
  private static final int LENGTH = 32;

  private Digests() {}

  /// Such as `sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:`.
  static String field(Checksum checksum) {
    byte[] bytes = HexFormat.of().parseHex(checksum.hex());
    return "sha-256=:" + Base64.getEncoder().encodeToString(bytes) + ":";
  }

  /// What a request says its contents come to. The bytes of the message and of the file are the
  /// same here, so `Content-Digest` counts as well.
  ///
  /// @throws HttpException `400` where it cannot be read, or two differ
  static Optional<Checksum> announced(Headers headers) {
    Checksum whole = announced(headers.joined(FIELD));
    Checksum content = announced(headers.joined("Content-Digest"));
    if (whole != null && content != null && !whole.equals(content)) {
      throw new HttpException(400, "Repr-Digest and Content-Digest differ");
    }
    return Optional.ofNullable(whole != null ? whole : content);
  }

  private static @Nullable Checksum announced(@Nullable String field) {
    String value = value(field);
    if (value == null) {
      return null;
    }
    Matcher read = BYTES.matcher(value);
    try {
      byte[] bytes = Base64.getDecoder().decode(read.matches() ? read.group(1) : "");
      if (bytes.length == LENGTH) {
        return new Checksum(HexFormat.of().formatHex(bytes));
      }
    } catch (IllegalArgumentException broken) {
      // The same answer as for any other length.
    }
    throw new HttpException(400, "a sha-256 digest has 32 bytes, in base64 between colons");
  }

  /// Whether a request wants to be told, even if the file must be read for it.
  static boolean wanted(Headers headers) {
    String value = value(headers.joined("Want-Repr-Digest"));
    return value != null && WEIGHT.matcher(value).matches() && !value.strip().equals("0");
  }

  private static @Nullable String value(@Nullable String field) {
    if (field == null) {
      return null;
    }
    Matcher found = SHA_256.matcher(field.toLowerCase(Locale.ROOT));
    // Its place in the field as it was written: base64 minds the case.
    return found.find() ? field.substring(found.start(1), found.end(1)) : null;
  }
}
