package usher.files.client;

/// Told how a transfer goes on, by the thread that transfers.
public interface Progress {
  /// Tells nobody.
  Progress NONE = (done, total) -> true;

  /// So many bytes of the whole file are there; at the start, those of an earlier attempt.
  ///
  /// @return false to end the transfer; what has come stays, to be resumed
  boolean at(long done, long total);
}
