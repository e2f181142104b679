package usher.files.tftp.client;

import java.util.LinkedHashMap;
import java.util.Map;
import usher.files.tftp.wire.Mode;
import usher.files.tftp.wire.Options;
import usher.files.tftp.wire.Terms;

/// What a client asks a server for; the server may grant less, or know of no options at all.
///
/// @param mode how the bytes are sent
/// @param blockSize bytes of a block
/// @param window blocks without an answer
/// @param timeout seconds after which packets are sent again the first time
public record TftpWishes(Mode mode, int blockSize, int window, int timeout) {
  /// As they are, in blocks of 1,428 bytes, eight in a window, again after a second.
  public static final TftpWishes USUAL = new TftpWishes(Mode.OCTET, 1428, 8, 1);

  /// @throws IllegalArgumentException if something is out of its bounds
  public TftpWishes {
    within(Terms.LEAST_BLOCK, blockSize, Terms.MOST_BLOCK, "a block");
    within(1, window, Terms.MOST_WINDOW, "a window");
    within(1, timeout, Options.MOST_TIMEOUT, "a timeout");
  }

  private static void within(int least, int value, int most, String what) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " has from " + least + " to " + most + ", not " + value);
    }
  }

  /// The options of a request. What holds anyway is not asked for.
  ///
  /// @param size of the file, or 0 if the server is to say it
  Map<String, String> options(long size) {
    Map<String, String> options = new LinkedHashMap<>();
    if (mode == Mode.OCTET) {
      options.put(Options.TSIZE, "" + size);
    }
    if (blockSize != Terms.USUAL_BLOCK) {
      options.put(Options.BLKSIZE, "" + blockSize);
    }
    if (window != 1) {
      options.put(Options.WINDOWSIZE, "" + window);
    }
    if (timeout != 1) {
      options.put(Options.TIMEOUT, "" + timeout);
    }
    return options;
  }
}
