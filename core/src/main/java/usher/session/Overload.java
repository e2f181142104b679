package usher.session;

/// A call was refused because its queue was full. The session answers that it is busy.
public final class Overload extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Made without a stack trace: refusing must stay cheap just when there is too much to do.
  public Overload(String message) {
    super(message, null, false, false);
  }
}
