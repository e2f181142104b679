package usher.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What one run of `wrk --latency` reports.
///
/// wrk is a closed loop: each connection sends its next request only after the answer to the last.
/// A server that stalls is therefore asked less just then, and the percentiles look better than
/// what clients with a rhythm of their own would see. They are kept for a look at the order of
/// magnitude and labelled so.
///
/// @param requests answers received, pipelined ones counted one by one
/// @param rate answers a second
/// @param p50Micros median latency, microseconds, closed loop
/// @param p99Micros 99th percentile of latency, microseconds, closed loop
/// @param complaints lines about socket errors and answers other than 2xx and 3xx; empty if all
///   went well
public record WrkReport(
    long requests, double rate, double p50Micros, double p99Micros, List<String> complaints) {

  private static final Pattern REQUESTS = Pattern.compile("^\\s*(\\d+) requests in ");
  private static final Pattern RATE = Pattern.compile("^Requests/sec:\\s+([0-9.]+)");
  private static final Pattern PERCENTILE =
      Pattern.compile("^\\s+(50|99)%\\s+([0-9.]+)(us|ms|s|m|h)\\s*$");

  public WrkReport {
    complaints = List.copyOf(complaints);
  }

  /// Reads the text that wrk prints.
  ///
  /// @throws IllegalArgumentException if the number of requests or the rate is missing
  public static WrkReport parse(String text) {
    long requests = -1;
    double rate = -1;
    double p50 = Double.NaN;
    double p99 = Double.NaN;
    List<String> complaints = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher percentile = PERCENTILE.matcher(line);
      Matcher count = REQUESTS.matcher(line);
      Matcher perSecond = RATE.matcher(line);
      if (percentile.find()) {
        double micros = Double.parseDouble(percentile.group(2)) * micros(percentile.group(3));
        if (percentile.group(1).equals("50")) {
          p50 = micros;
        } else {
          p99 = micros;
        }
      } else if (count.find()) {
        requests = Long.parseLong(count.group(1));
      } else if (perSecond.find()) {
        rate = Double.parseDouble(perSecond.group(1));
      } else if (line.strip().startsWith("Socket errors:")
          || line.strip().startsWith("Non-2xx or 3xx responses:")) {
        complaints.add(line.strip());
      }
    }
    if (requests < 0 || rate < 0) {
      throw new IllegalArgumentException("not a report of wrk: " + text.strip());
    }
    return new WrkReport(requests, rate, p50, p99, complaints);
  }

  private static double micros(String unit) {
    return switch (unit) {
      case "us" -> 1;
      case "ms" -> 1e3;
      case "s" -> 1e6;
      case "m" -> 60e6;
      case "h" -> 3600e6;
      default -> throw new IllegalArgumentException("unknown unit of time: " + unit);
    };
  }
}
