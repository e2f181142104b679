package usher.files.tftp.wire;

import java.time.Duration;

/// What both sides of a transfer have agreed to.
///
/// @param blockSize bytes of each block but the last, 8 to 65,464 (RFC 2348)
/// @param window blocks that are sent without an answer (RFC 7440)
/// @param timeout after which the last packets are sent again the first time (RFC 2349)
public record Terms(int blockSize, int window, Duration timeout) {
  public static final int LEAST_BLOCK = 8;
  public static final int USUAL_BLOCK = 512;
  public static final int MOST_BLOCK = 65_464;

  /// The most that RFC 7440 allows is 65,535; beyond half of it an old number could not be told
  /// from a new one.
  public static final int MOST_WINDOW = 1 << 12;

  /// What holds where nothing was said.
  public static final Terms USUAL = new Terms(USUAL_BLOCK, 1, Duration.ofSeconds(1));

  /// @throws IllegalArgumentException if something is out of its bounds
  public Terms {
    if (blockSize < LEAST_BLOCK || blockSize > MOST_BLOCK) {
      throw new IllegalArgumentException("a block cannot have " + blockSize + " bytes");
    }
    if (window < 1 || window > MOST_WINDOW) {
      throw new IllegalArgumentException("a window cannot have " + window + " blocks");
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout cannot be " + timeout);
    }
  }
}
