package usher.bench.overload;

/// One request of an open loop.
///
/// @param at when it was due, in nanoseconds since the load began
/// @param end how it ended
/// @param nanos from when it was due to its end
record Shot(long at, End end, long nanos) {
  enum End {
    /// Answered with 200 within the client's patience.
    GOOD,
    /// Answered with 503.
    SHED,
    /// The client gave up.
    LATE,
    /// Anything else: a reset, another status.
    FAILED
  }
}
