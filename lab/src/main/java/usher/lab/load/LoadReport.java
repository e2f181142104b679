package usher.lab.load;

import java.util.List;
import java.util.Map;

/// What a load generator saw. It crosses a process border as JSON.
///
/// @param seconds that were counted
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
/// @param idleLost idle connections that the server closed or reset before the end
public record LoadReport(
    double seconds,
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

  /// A tenth of a second.
  ///
  /// @param due requests due in it
  /// @param good of these, those answered well
  /// @param p99Millis of these; 0 where there are none
  /// @param maxMillis of these
  public record Slice(long due, long good, double p99Millis, double maxMillis) {}
}
