package usher.files.frame;

/// What has come is not this protocol.
public final class FrameException extends Exception {
  private static final long serialVersionUID = 1;

  /// @param message what is wrong
  public FrameException(String message) {
    super(message);
  }
}
