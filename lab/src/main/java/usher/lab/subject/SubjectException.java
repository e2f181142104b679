package usher.lab.subject;

/// A server does not start, or has ended.
public final class SubjectException extends Exception {
  private static final long serialVersionUID = 1;

  /// With what it said.
  public SubjectException(String message) {
    super(message);
  }
}
