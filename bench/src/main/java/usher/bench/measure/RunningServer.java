package usher.bench.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import usher.lab.proc.ProcessTree;

/// A server that was started as a process of its own and ends when this is closed: first by
/// SIGTERM, as an operator would, and if it is still there after [#GRACE], by force with all its
/// children.
///
/// What it prints goes to a log file, whose last lines explain a server that ended too early.
public final class RunningServer implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LOG_LINES = 6;

  private final Process process;
  private final ProcessTree tree;
  private final int port;
  private final Path log;

  private RunningServer(Process process, int port, Path log) {
    this.process = process;
    this.tree = new ProcessTree(process.toHandle());
    this.port = port;
    this.log = log;
  }

  /// Starts a command.
  ///
  /// @param command the program and its arguments
  /// @param cpu the core that it is pinned to, or null for any
  /// @param options further options for a JVM (`JDK_JAVA_OPTIONS`); empty for none
  /// @param port where it is going to listen
  /// @param log where its output goes
  /// @throws MeasurementException if there is no such program
  public static RunningServer start(
      List<String> command, @Nullable Integer cpu, String options, int port, Path log)
      throws MeasurementException {
    List<String> line = new ArrayList<>();
    if (cpu != null) {
      line.addAll(List.of("taskset", "-c", cpu.toString()));
    }
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    if (!options.isEmpty()) {
      builder.environment().put("JDK_JAVA_OPTIONS", options);
    }
    try {
      return new RunningServer(builder.start(), port, log);
    } catch (IOException e) {
      throw new MeasurementException("cannot start " + command.getFirst() + ": " + e.getMessage());
    }
  }

  /// Waits until the server answers a request for `path`, asking again every `pause`.
  ///
  /// @throws MeasurementException if it ends first, or does not answer within half a minute
  public Answer awaitAnswer(String path, Duration pause)
      throws MeasurementException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() < end) {
      try {
        return Answer.fetch(port, path, (int) PATIENCE.toMillis());
      } catch (IOException e) {
        last = String.valueOf(e.getMessage());
      }
      if (!process.isAlive()) {
        throw new MeasurementException(
            "ended with " + process.exitValue() + " before it answered: " + lastLines());
      }
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }
    throw new MeasurementException(
        "no answer within " + PATIENCE.toSeconds() + " s (" + last + "): " + lastLines());
  }

  /// The process and its children.
  public ProcessTree tree() {
    return tree;
  }

  /// The port it listens on.
  public int port() {
    return port;
  }

  /// Makes sure that the server still runs.
  ///
  /// @throws MeasurementException if it has ended
  public void checkAlive() throws MeasurementException {
    if (!process.isAlive()) {
      throw new MeasurementException("ended with " + process.exitValue() + ": " + lastLines());
    }
  }

  /// Bytes in use on the Java heap after a full collection, if the server is a JVM.
  ///
  /// @param jcmd the `jcmd` program of the JDK
  public Optional<Long> liveHeap(Path jcmd) throws MeasurementException, InterruptedException {
    Optional<ProcessHandle> java = tree.java();
    if (java.isEmpty()) {
      return Optional.empty();
    }
    String pid = Long.toString(java.get().pid());
    Commands.run(List.of(jcmd.toString(), pid, "GC.run"), 30);
    String info = Commands.run(List.of(jcmd.toString(), pid, "GC.heap_info"), 30);
    try {
      return Optional.of(HeapInfo.usedBytes(info));
    } catch (IllegalArgumentException e) {
      throw new MeasurementException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        tree.kill();
        process.waitFor();
      }
    } catch (InterruptedException e) {
      tree.kill();
      Thread.currentThread().interrupt();
    }
  }

  private String lastLines() {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
      int from = Math.max(0, lines.size() - LOG_LINES);
      String text = String.join(" | ", lines.subList(from, lines.size()));
      return text.isEmpty() ? "it printed nothing" : text;
    } catch (IOException e) {
      return "its log cannot be read";
    }
  }
}
