package usher.bench.side;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import usher.bench.measure.Commands;
import usher.bench.measure.MeasurementException;

/// What a run was made on, in lines: results of different machines cannot be compared, ratios
/// somewhat.
final class Machine {
  private Machine() {}

  static List<String> describe(Path home) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "machine: %s, %d cores, %s %s"
            .formatted(
                processor().orElse("unknown processor"),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version")));
    lines.add("JDK: " + System.getProperty("java.vm.version"));
    revision(home).ifPresent(revision -> lines.add("revision: " + revision));
    loadAverage().ifPresent(load -> lines.add("load average at the start: " + load));
    return lines;
  }

  private static Optional<String> processor() {
    return read("/proc/cpuinfo")
        .flatMap(
            text ->
                text.lines()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst());
  }

  private static Optional<String> loadAverage() {
    return read("/proc/loadavg")
        .map(text -> String.join(" ", List.of(text.split(" ", -1)).subList(0, 3)));
  }

  private static Optional<String> revision(Path home) throws InterruptedException {
    try {
      return Optional.of(
          Commands.run(
              List.of("git", "-C", home.toString(), "describe", "--always", "--dirty"), 10));
    } catch (MeasurementException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(Path.of(file)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
