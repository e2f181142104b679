package usher.files;

import java.util.Optional;
import java.util.regex.Pattern;

/// What a client announces before it sends a file.
///
/// @param size in bytes, or [#UNKNOWN]
/// @param checksum what the bytes must come to; with it, and a size, an upload that was cut can be
///   resumed
/// @param ifAbsent whether a file of that name must stay as it is
/// @param ticket a word that stands for this very upload, known to nobody else: with it, and a
///   size, it can be gone on with as often as wanted, whether or not a checksum is announced
public record Deposit(
    FileName name,
    long size,
    Optional<Checksum> checksum,
    boolean ifAbsent,
    Optional<String> ticket) {
  /// The size of what ends when it ends.
  public static final long UNKNOWN = -1;

  private static final Pattern TICKET = Pattern.compile("[0-9A-Za-z_-]{16,64}");

  /// @throws IllegalArgumentException if the size is negative, or the ticket no word of 16 to 64
  ///   letters, digits, `-` and `_`, or one for a file of unknown size
  public Deposit {
    if (size < UNKNOWN) {
      throw new IllegalArgumentException("a file has no size of " + size);
    }
    if (ticket.isPresent() && (size == UNKNOWN || !TICKET.matcher(ticket.get()).matches())) {
      throw new IllegalArgumentException("no ticket, or none for a file of unknown size");
    }
  }

  /// One without a ticket.
  public Deposit(FileName name, long size, Optional<Checksum> checksum, boolean ifAbsent) {
    this(name, size, checksum, ifAbsent, Optional.empty());
  }

  /// Whether what has come is kept when the upload is cut.
  public boolean resumable() {
    return size != UNKNOWN && (checksum.isPresent() || ticket.isPresent());
  }
}
