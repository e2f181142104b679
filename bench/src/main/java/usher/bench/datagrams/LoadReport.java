package usher.bench.datagrams;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import usher.bench.measure.MeasurementException;

/// What `datagrams load` says at its end.
///
/// @param wrong echoes that were not what was sent
record LoadReport(long sent, long echoed, long lost, long wrong, double seconds) {
  private static final Pattern LINE =
      Pattern.compile("sent (\\d+) echoed (\\d+) lost (\\d+) wrong (\\d+) seconds ([0-9.]+)");

  static LoadReport parse(String text) throws MeasurementException {
    Matcher line = LINE.matcher(text.strip());
    if (!line.matches()) {
      throw new MeasurementException("no report of a load: " + text);
    }
    return new LoadReport(
        Long.parseLong(line.group(1)),
        Long.parseLong(line.group(2)),
        Long.parseLong(line.group(3)),
        Long.parseLong(line.group(4)),
        Double.parseDouble(line.group(5)));
  }

  double rate() {
    return echoed / seconds;
  }
}
