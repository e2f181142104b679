package usher.files.tftp.wire;

/// A transfer cannot go on, or begin. The message is what the peer is told.
public final class TftpException extends Exception {
  private static final long serialVersionUID = 1;

  private final Trouble trouble;

  /// Trouble of this kind.
  public TftpException(Trouble trouble, String message) {
    super(message, null, false, false);
    this.trouble = trouble;
  }

  /// What kind of trouble.
  public Trouble trouble() {
    return trouble;
  }

  /// What is said of it.
  public String text() {
    return String.valueOf(getMessage());
  }

  /// The packet that says so.
  public Packet.Fault packet() {
    return new Packet.Fault(trouble.code(), text());
  }
}
