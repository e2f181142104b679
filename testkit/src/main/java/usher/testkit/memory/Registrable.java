package usher.testkit.memory;

/// A channel that a [MemorySelector] takes.
interface Registrable {
  /// What to poll.
  Pollable pollable();

  /// Frees what is behind a closed channel, once no selector holds it. May be called again.
  void release();
}
