package usher.files.tftp.transfer;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import usher.files.tftp.wire.Options;
import usher.files.tftp.wire.Terms;
import usher.files.tftp.wire.TftpException;
import usher.files.tftp.wire.Trouble;

/// What a server makes of a client's options, and the client of the server's answer.
///
/// An option that is not known, or whose value is none that its RFC allows, is left out of the
/// answer, as if nobody had asked (RFC 2347). Larger blocks and windows than there are here are
/// answered by the largest.
///
/// @param accepted what is acknowledged; nothing, if that is not to be said at all
public record Agreement(Terms terms, Map<String, String> accepted) {
  /// What a server allows.
  ///
  /// @param blockSize the largest block
  /// @param window the largest window
  /// @param windowBytes what a window may have
  /// @param timeout where none is asked for
  /// @param mostTimeout how many seconds may be asked for
  public record Bounds(
      int blockSize, int window, int windowBytes, Duration timeout, int mostTimeout) {}

  /// What a server answers.
  ///
  /// @param size of the file, or -1 if that is not told
  public static Agreement of(Map<String, String> asked, Bounds bounds, long size) {
    Map<String, String> accepted = new LinkedHashMap<>();
    Duration timeout = bounds.timeout();
    int blockSize = Terms.USUAL_BLOCK;
    long window = 1;
    for (Map.Entry<String, String> option : asked.entrySet()) {
      long value = Options.number(option.getValue());
      switch (option.getKey()) {
        case Options.BLKSIZE -> {
          if (value >= Terms.LEAST_BLOCK && value <= Terms.MOST_BLOCK) {
            blockSize = (int) Math.min(value, bounds.blockSize());
            accepted.put(Options.BLKSIZE, "" + blockSize);
          }
        }
        case Options.WINDOWSIZE -> {
          if (value >= 1 && value <= 65_535) {
            window = Math.min(value, bounds.window());
            accepted.put(Options.WINDOWSIZE, "" + window);
          }
        }
        case Options.TIMEOUT -> {
          if (value >= 1 && value <= bounds.mostTimeout()) {
            timeout = Duration.ofSeconds(value);
            accepted.put(Options.TIMEOUT, "" + value);
          }
        }
        case Options.TSIZE -> {
          if (value >= 0 && size >= 0) {
            accepted.put(Options.TSIZE, "" + size);
          }
        }
        default -> {
          // Nobody here knows it.
        }
      }
    }
    long most = Math.max(1, bounds.windowBytes() / blockSize);
    if (window > most) {
      window = most;
      accepted.put(Options.WINDOWSIZE, "" + window);
    }
    return new Agreement(new Terms(blockSize, (int) window, timeout), accepted);
  }

  /// What a client has to do by a server's answer.
  ///
  /// @param asked what it has asked for
  /// @param timeout its own
  /// @throws TftpException with `OPTION_REFUSED` if the server wants what nobody has asked for
  static Terms terms(Map<String, String> asked, Map<String, String> answered, Duration timeout)
      throws TftpException {
    int blockSize = Terms.USUAL_BLOCK;
    int window = 1;
    for (Map.Entry<String, String> option : answered.entrySet()) {
      String wish = asked.get(option.getKey());
      long value = Options.number(option.getValue());
      if (wish == null || value < 0) {
        throw refused(option);
      }
      long most = Options.number(wish);
      switch (option.getKey()) {
        case Options.BLKSIZE -> blockSize = within(option, value, Terms.LEAST_BLOCK, most);
        case Options.WINDOWSIZE -> window = within(option, value, 1, most);
        case Options.TIMEOUT -> {
          if (value != most) {
            throw refused(option);
          }
        }
        default -> {
          // A size, and any will do.
        }
      }
    }
    return new Terms(blockSize, window, timeout);
  }

  private static int within(Map.Entry<String, String> option, long value, long least, long most)
      throws TftpException {
    if (value < least || value > most) {
      throw refused(option);
    }
    return (int) value;
  }

  private static TftpException refused(Map.Entry<String, String> option) {
    return new TftpException(
        Trouble.OPTION_REFUSED, "not asked for: " + option.getKey() + " " + option.getValue());
  }
}
