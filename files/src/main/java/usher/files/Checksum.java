package usher.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The SHA-256 (FIPS 180-4) of a file's bytes.
///
/// @param hex 64 digits in lower case
public record Checksum(String hex) {
  private static final int BYTES = 32;

  /// @throws IllegalArgumentException if it is not 64 hexadecimal digits
  public Checksum {
    hex = HexFormat.of().formatHex(HexFormat.of().parseHex(hex));
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException("a SHA-256 has 64 digits, not " + hex.length());
    }
  }

  /// What a digest has come to; the digest begins anew.
  public static Checksum of(MessageDigest digest) {
    return new Checksum(HexFormat.of().formatHex(digest.digest()));
  }

  /// A digest that nothing has been fed to.
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
