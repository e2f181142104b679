package usher.server.driver;

/// A file became shorter than what was promised of it while it was sent. What the peer was promised
/// cannot be sent, so the connection ends in disorder.
final class FileShrank extends RuntimeException {
  private static final long serialVersionUID = 1;

  FileShrank(long missing) {
    super("a file shrank while it was sent: " + missing + " bytes are missing", null, false, false);
  }
}
