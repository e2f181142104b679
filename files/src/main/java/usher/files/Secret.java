package usher.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// What a client has to know. It is kept, and compared with what a client says, by its SHA-256: all
/// of it each time, so that the time it takes tells neither how much was right nor how long it is.
/// Immutable; shows nothing.
public final class Secret {
  private final byte[] digest;

  /// @param text what is to be known
  public Secret(String text) {
    this.digest = digest(text);
  }

  /// Whether this is it.
  public boolean is(String said) {
    return MessageDigest.isEqual(digest, digest(said));
  }

  private static byte[] digest(String text) {
    return Checksum.digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
