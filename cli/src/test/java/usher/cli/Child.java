package usher.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The command as a process of its own, as a shell would start it.
final class Child implements AutoCloseable {
  private static final long PATIENCE = 60;
  private static final String END = "\0";

  private final Process process;
  private final Lines out;
  private final Lines err;

  private Child(Process process) {
    this.process = process;
    this.out = new Lines(process.getInputStream());
    this.err = new Lines(process.getErrorStream());
  }

  static Child start(String... args) throws IOException {
    return start(List.of(), args);
  }

  /// @param before a command that starts it in its turn, such as `nice`
  static Child start(List<String> before, String... args) throws IOException {
    List<String> line = new ArrayList<>(before);
    line.addAll(java());
    line.addAll(List.of(args));
    return new Child(new ProcessBuilder(line).start());
  }

  /// The command without its arguments.
  static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        "usher.cli.Main");
  }

  /// Waits for a line of standard error that begins so, and gives what follows.
  String err(String start) throws InterruptedException {
    return err.await(start);
  }

  /// Waits for a line of standard error with these words, and gives it.
  String errWith(String words) throws InterruptedException {
    return err.await("with \"" + words + "\"", line -> line.contains(words));
  }

  /// Waits for a line of standard output that begins so, and gives what follows.
  String out(String start) throws InterruptedException {
    return out.await(start);
  }

  /// Waits for the end of standard error, and gives what has not been asked for.
  List<String> restOfErr() throws InterruptedException {
    return err.rest();
  }

  /// Waits for the end of standard output, and gives what has not been asked for.
  List<String> restOfOut() throws InterruptedException {
    return out.rest();
  }

  /// Sends a signal, such as `INT`.
  void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + name + " failed");
    }
  }

  /// Waits for the end.
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      throw new AssertionError("still running");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private static final class Lines {
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Lines(InputStream in) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                  for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                  }
                } catch (IOException destroyed) {
                  // What has come until then is there.
                }
                lines.add(END);
              });
    }

    String await(String start) throws InterruptedException {
      String line = await("that begins with \"" + start + "\"", it -> it.startsWith(start));
      return line.substring(start.length());
    }

    String await(String what, Predicate<String> wanted) throws InterruptedException {
      List<String> others = new ArrayList<>();
      while (true) {
        String line = lines.poll(PATIENCE, TimeUnit.SECONDS);
        if (line == null || line.equals(END)) {
          throw new AssertionError("no line " + what + " but: " + others);
        }
        if (wanted.test(line)) {
          return line;
        }
        others.add(line);
      }
    }

    List<String> rest() throws InterruptedException {
      List<String> rest = new ArrayList<>();
      while (true) {
        String line = lines.poll(PATIENCE, TimeUnit.SECONDS);
        if (line == null) {
          throw new AssertionError("no end after " + rest);
        }
        if (line.equals(END)) {
          return rest;
        }
        rest.add(line);
      }
    }
  }
}
