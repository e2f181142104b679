package usher.lab.result;

import java.util.List;

/// Points of a plot, from left to right.
///
/// @param kind what it shows
/// @param points at least one
public record Curve(Kind kind, List<Point> points) {
  public Curve {
    points = List.copyOf(points);
  }

  /// A point.
  ///
  /// @param x of the kind's first unit
  /// @param y of the kind's second unit
  public record Point(double x, double y) {}

  /// What the two axes are.
  public enum Kind {
    /// Share of the requests (0 to 1, up to 0.9999 and so on) and the latency that they stay below,
    /// at the common rate.
    PERCENTILES("share of requests", "latency, ms"),
    /// Connections and requests a second of a closed loop.
    RATE_BY_CONNECTIONS("connections", "requests/s"),
    /// Open connections and memory of the server, MiB.
    MEMORY_BY_CONNECTIONS("open connections", "memory, MiB"),
    /// Requests asked for in a second and their p99.
    LATENCY_BY_RATE("requests/s asked for", "p99, ms"),
    /// Seconds since the begin, and p99 of the requests that were due then: calm, overload, calm
    /// again.
    OVERLOAD_LATENCY("time, s", "p99, ms"),
    /// The same time, and good answers a second.
    OVERLOAD_GOODPUT("time, s", "good answers/s");

    private final String x;
    private final String y;

    Kind(String x, String y) {
      this.x = x;
      this.y = y;
    }

    public String x() {
      return x;
    }

    public String y() {
      return y;
    }
  }
}
