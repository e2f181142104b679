package usher.bench.side;

import java.nio.file.Path;
import java.time.Duration;

/// How a run measures.
///
/// @param seconds length of each measurement of a load
/// @param warm length of the load beforehand, for the JVM to compile; longer where others want the
///   core
/// @param repeats how many rounds
/// @param serverCpu the core of the servers
/// @param loadCpu the core of the load
/// @param jcmd the JDK's `jcmd`
/// @param work an empty folder for logs and files
public record Settings(
    int seconds, int warm, int repeats, int serverCpu, int loadCpu, Path jcmd, Path work) {
  /// Warm-up of a server that compiles nothing: enough for its connections to open.
  static final int BASELINE_WARM = 1;

  /// Live heap that the hungriest of the peers was seen to need for one connection, and half as
  /// much again.
  private static final int HEAP_A_CONNECTION_KILOBYTES = 160;

  private static final int LEAST_HEAP_MEGABYTES = 256;

  /// How often a server that starts is asked for its first answer.
  static final Duration READY_PAUSE = Duration.ofMillis(50);

  /// The same where the start itself is measured.
  static final Duration START_PAUSE = Duration.ofNanos(500_000);

  /// Options for a JVM whose heap is touched at the start and never grows, with room for that many
  /// connections.
  static String fixedHeap(int connections) {
    int megabytes =
        Math.max(LEAST_HEAP_MEGABYTES, connections * HEAP_A_CONNECTION_KILOBYTES / 1024);
    return "-Xms%1$dm -Xmx%1$dm -XX:+AlwaysPreTouch".formatted(megabytes);
  }
}
