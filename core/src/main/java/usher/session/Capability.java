package usher.session;

/// What a model offers, and what a protocol may need. A protocol whose needs a model does not offer
/// is refused when the server is built, with the names of the models that would do.
public enum Capability {
  /// Several clients are served at once.
  CONCURRENT_CLIENTS("serves several clients at once"),
  /// All connections live in one process and may share objects in memory.
  SHARED_MEMORY("connections share one memory"),
  /// A handler that blocks holds up its own client alone.
  BLOCKING_ALONE("a blocking handler holds up its own client only"),
  /// A connection that waits for its client occupies no thread of the platform.
  CHEAP_WAITING("a waiting client occupies no platform thread");

  private final String meaning;

  Capability(String meaning) {
    this.meaning = meaning;
  }

  /// The capability in a few words.
  public String meaning() {
    return meaning;
  }
}
