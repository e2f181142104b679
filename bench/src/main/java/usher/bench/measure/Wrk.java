package usher.bench.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Loads a server with `wrk`, one thread, pinned to a core.
///
/// @param program the `wrk` program
/// @param cpu the core it runs on
/// @param pipelining the script that sends several requests at once
public record Wrk(Path program, int cpu, Path pipelining) {

  /// What is asked of the server.
  ///
  /// @param path what is requested
  /// @param connections how many connections ask side by side
  /// @param depth how many requests each sends at once; 1 for no pipelining
  /// @param close whether each connection is for one request only
  public record Shape(String path, int connections, int depth, boolean close) {}

  /// Loads that port of 127.0.0.1 for some seconds, and waits for the end.
  ///
  /// @throws MeasurementException if wrk cannot run or prints something else than its report
  public WrkReport run(int port, Shape shape, int seconds)
      throws MeasurementException, InterruptedException {
    String text = Commands.run(command(port, shape, seconds), seconds + 30);
    try {
      return WrkReport.parse(text);
    } catch (IllegalArgumentException e) {
      throw new MeasurementException(String.valueOf(e.getMessage()));
    }
  }

  List<String> command(int port, Shape shape, int seconds) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("taskset", "-c", Integer.toString(cpu)));
    command.addAll(List.of(program.toString(), "--threads", "1", "--latency"));
    command.addAll(List.of("--connections", Integer.toString(shape.connections())));
    command.addAll(List.of("--duration", seconds + "s"));
    if (shape.close()) {
      command.addAll(List.of("--header", "Connection: close"));
    }
    if (shape.depth() > 1) {
      command.addAll(List.of("--script", pipelining.toString()));
    }
    command.add("http://127.0.0.1:" + port + shape.path());
    if (shape.depth() > 1) {
      command.addAll(List.of("--", Integer.toString(shape.depth())));
    }
    return List.copyOf(command);
  }
}
