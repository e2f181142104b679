package usher.files;

import java.util.Optional;

/// What a client announces before it sends a file.
///
/// @param size in bytes, or [#UNKNOWN]
/// @param checksum what the bytes must come to; with it, and a size, an upload that was cut can be
///   resumed
/// @param ifAbsent whether a file of that name must stay as it is
public record Deposit(FileName name, long size, Optional<Checksum> checksum, boolean ifAbsent) {
  /// The size of what ends when it ends.
  public static final long UNKNOWN = -1;

  /// @throws IllegalArgumentException if the size is negative
  public Deposit {
    if (size < UNKNOWN) {
      throw new IllegalArgumentException("a file has no size of " + size);
    }
  }
}
