package usher.lab.load;

import java.util.List;
import java.util.Map;

/// What a load generator saw. It crosses a process border as JSON.
///
/// Kinds of failures:
///
/// | kind | |
/// |---|---|
/// | `status N` | another status than was expected |
/// | `wrong length` | the right status, and a body, line or datagram of another length |
/// | `malformed` | not an answer |
/// | `refused` | nobody listens; of datagrams: the system said so |
/// | `cannot connect` | another failure to connect |
/// | `reset` | the server closed or reset the connection before the whole answer was there |
/// | `late` | not answered within the patience, or answered after it; a lost datagram |
/// | `given up` | on a connection that was given up because of the request before it |
/// | `not sent` | it never got out: no connection was free within the patience, or the queue was full |
///
/// A connection that the server closes between two requests is opened again; that is no failure.
///
/// @param seconds that were counted
/// @param lastSeconds from their beginning to the last good answer, which may come after their end
/// @param due requests that were due in that time
/// @param sent of these
/// @param good of these that were answered as they should be, within the patience
/// @param failures the others, by kind: `status 503`, `refused`, `reset`, `late`, `wrong length`,
///   `not sent`…
/// @param latencies of the good ones, from when each was due, by the shape's name
/// @param slices the counted time in slices of a tenth of a second, by when requests were due
/// @param lag how late requests were sent, apart from those that had to wait for a free connection
/// @param waitedForConnection requests that were due while no connection was free
/// @param cpuSeconds CPU time of the generator in the counted time
/// @param connected connections that were open at the end of the warm-up, the idle ones included
/// @param idleLost idle connections that the server closed or reset before the end, and those that
///   never had an answer
public record LoadReport(
    double seconds,
    double lastSeconds,
    long due,
    long sent,
    long good,
    Map<String, Long> failures,
    Map<String, Latencies> latencies,
    List<Slice> slices,
    Latencies lag,
    long waitedForConnection,
    double cpuSeconds,
    int connected,
    int idleLost) {
  public LoadReport {
    failures = Map.copyOf(failures);
    latencies = Map.copyOf(latencies);
    slices = List.copyOf(slices);
  }

  /// The latencies of one shape; none where there is none of that name.
  public Latencies latencies(String shape) {
    Latencies some = latencies.get(shape);
    return some == null ? Latencies.none() : some;
  }

  /// The latencies of all shapes together.
  public Latencies allLatencies() {
    return Latencies.merged(latencies.values());
  }

  /// How many were answered well and within this time.
  ///
  /// @param millis counted from when each was due
  public long within(double millis) {
    return allLatencies().histogram().getCountBetweenValues(0, (long) (millis * 1_000));
  }

  /// How many failed in this way.
  public long failed(String kind) {
    return failures.getOrDefault(kind, 0L);
  }

  /// How many failed in all.
  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /// A tenth of a second.
  ///
  /// @param due requests due in it
  /// @param good of these, those answered well
  /// @param p99Millis of these, with two digits; 0 where there are none
  /// @param maxMillis of these
  public record Slice(long due, long good, double p99Millis, double maxMillis) {}
}
