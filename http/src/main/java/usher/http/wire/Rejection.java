package usher.http.wire;

/// A message that is not taken, and the status that says so. Always ends the connection after the
/// answer, since nobody can tell any more where the next message begins.
public final class Rejection extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  /// A refusal with this status, for this reason, which the peer is told.
  public Rejection(int status, String message) {
    // Without a stack trace: peers cause these as often as they like.
    super(message, null, false, false);
    this.status = status;
  }

  /// The status of the answer.
  public int status() {
    return status;
  }
}
