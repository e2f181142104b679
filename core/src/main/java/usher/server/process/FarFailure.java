package usher.server.process;

/// What was thrown in another process, in its words.
final class FarFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  FarFailure(String words) {
    super(words, null, false, false);
  }
}
