package usher.files.tftp.wire;

/// The options that are known here, by their names.
public final class Options {
  /// Bytes of a block (RFC 2348).
  public static final String BLKSIZE = "blksize";

  /// Blocks without an answer between them (RFC 7440).
  public static final String WINDOWSIZE = "windowsize";

  /// Seconds until packets are sent again (RFC 2349).
  public static final String TIMEOUT = "timeout";

  /// Bytes of the file (RFC 2349).
  public static final String TSIZE = "tsize";

  /// Seconds at most (RFC 2349).
  public static final int MOST_TIMEOUT = 255;

  private static final int DIGITS = 18;

  private Options() {}

  /// A value as a number, or -1 if it is none of at most 18 digits.
  public static long number(String value) {
    if (value.isEmpty() || value.length() > DIGITS) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = value.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
