package usher.files.tftp;

import java.time.Duration;
import usher.files.tftp.wire.Options;
import usher.files.tftp.wire.Terms;

/// What a TFTP server allows. Whether files may be stored at all is the library's to say.
///
/// @param replacing whether a file that is there may be replaced: nobody knows who asks for it
/// @param blockSize the largest block that is agreed to (512 bytes stay the least that all do)
/// @param window the largest window, in blocks
/// @param windowBytes what the blocks of a window may have together
/// @param transfers how many at once
/// @param each how many of them with one address
/// @param timeout after which packets are sent again, where the client asks for no other
/// @param mostTimeout how many seconds a client may ask for; more is as if it had not asked
/// @param unanswered how often the first packet is sent again to a client that has not answered: it
///   may not know of us
/// @param silent how often packets are sent again to one that has
public record TftpRules(
    boolean replacing,
    int blockSize,
    int window,
    int windowBytes,
    int transfers,
    int each,
    Duration timeout,
    int mostTimeout,
    int unanswered,
    int silent) {
  /// Nothing is replaced; blocks of 1,428 bytes, which fit any way without being cut up; windows of
  /// 64 blocks and 256 KiB; 200 transfers, 20 with each address; 1 s, at most 30; 3 times before
  /// the first answer and 5 after it.
  public static final TftpRules USUAL =
      new TftpRules(false, 1428, 64, 256 << 10, 200, 20, Duration.ofSeconds(1), 30, 3, 5);

  /// @throws IllegalArgumentException if something is out of its bounds
  public TftpRules {
    within(Terms.USUAL_BLOCK, blockSize, Terms.MOST_BLOCK, "blockSize");
    within(1, window, Terms.MOST_WINDOW, "window");
    within(1, windowBytes, 64 << 20, "windowBytes");
    within(1, transfers, Integer.MAX_VALUE, "transfers");
    within(1, each, Integer.MAX_VALUE, "each");
    within(0, mostTimeout, Options.MOST_TIMEOUT, "mostTimeout");
    within(0, unanswered, 100, "unanswered");
    within(0, silent, 100, "silent");
    if (timeout.compareTo(Duration.ofMillis(1)) < 0
        || timeout.compareTo(Duration.ofSeconds(Options.MOST_TIMEOUT)) > 0) {
      throw new IllegalArgumentException("timeout must be from 1 ms to 255 s, not " + timeout);
    }
  }

  private static void within(int least, int value, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + ", not " + value);
    }
  }

  /// The same, but files that are there may be replaced.
  public TftpRules withReplacing() {
    return new TftpRules(
        true,
        blockSize,
        window,
        windowBytes,
        transfers,
        each,
        timeout,
        mostTimeout,
        unanswered,
        silent);
  }

  /// The same with other bounds of what a client may ask for.
  public TftpRules withBlocks(int size, int most, int bytes) {
    return new TftpRules(
        replacing, size, most, bytes, transfers, each, timeout, mostTimeout, unanswered, silent);
  }

  /// The same with other numbers of transfers at once.
  public TftpRules withTransfers(int all, int ofOne) {
    return new TftpRules(
        replacing,
        blockSize,
        window,
        windowBytes,
        all,
        ofOne,
        timeout,
        mostTimeout,
        unanswered,
        silent);
  }

  /// The same with other patience.
  public TftpRules withPatience(Duration first, int before, int after) {
    return new TftpRules(
        replacing,
        blockSize,
        window,
        windowBytes,
        transfers,
        each,
        first,
        mostTimeout,
        before,
        after);
  }
}
