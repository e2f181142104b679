package usher.files.tftp.wire;

import java.util.Locale;

/// How the bytes of a file become those of blocks.
public enum Mode {
  /// As they are.
  OCTET,
  /// As text of a terminal (RFC 764): see [Netascii].
  NETASCII;

  /// The mode of a request.
  ///
  /// @param name in lower case
  /// @throws TftpException if there is no such mode; that of mail, which names a user in the place
  ///   of a file, has an error of its own
  public static Mode of(String name) throws TftpException {
    return switch (name) {
      case "octet" -> OCTET;
      case "netascii" -> NETASCII;
      case "mail" -> throw new TftpException(Trouble.NO_SUCH_USER, "nobody here takes mail");
      default -> throw new TftpException(Trouble.ILLEGAL_OPERATION, "there is no such mode");
    };
  }

  /// Its name in a request.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
