package usher.lab.load;

/// How far a load generator is with a plan. It crosses a process border as JSON.
///
/// @param phase what it does now
/// @param seconds of the phase so far
/// @param due requests that were due in the counted time so far
/// @param good of these
/// @param p99Millis of the good ones so far; 0 where there are none
/// @param connected connections that are open
public record Progress(
    Phase phase, double seconds, long due, long good, double p99Millis, int connected) {
  /// What follows what.
  public enum Phase {
    /// Connections are opened.
    OPENING,
    /// Requests are sent and not counted.
    WARMING,
    /// Requests are sent and counted.
    COUNTING,
    /// The last answers are awaited.
    FINISHING
  }
}
