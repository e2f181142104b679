package usher.files.tftp.wire;

/// What an ERROR packet can say (RFC 1350, 5, and RFC 2347).
public enum Trouble {
  /// See the text.
  OTHER(0),
  NOT_FOUND(1),
  ACCESS_VIOLATION(2),
  NO_SPACE(3),
  ILLEGAL_OPERATION(4),
  UNKNOWN_TRANSFER(5),
  EXISTS(6),
  NO_SUCH_USER(7),
  OPTION_REFUSED(8);

  private final int code;

  Trouble(int code) {
    this.code = code;
  }

  /// Its code on the wire.
  public int code() {
    return code;
  }

  /// What a code means; one that nobody has defined is [#OTHER].
  public static Trouble of(int code) {
    for (Trouble trouble : values()) {
      if (trouble.code == code) {
        return trouble;
      }
    }
    return OTHER;
  }
}
