package usher.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import usher.testkit.Await;

/// The command at a terminal: a process behind a pseudo terminal that `script` makes, whose keys a
/// test presses and whose screen it reads.
final class Pty implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final OutputStream keys;
  private final StringBuilder screen = new StringBuilder();
  private int seen;

  private Pty(Process process) {
    this.process = process;
    this.keys = process.getOutputStream();
    Thread.ofVirtual().start(() -> read(process.getInputStream()));
  }

  /// Whether there is a `script` of the kind that is needed.
  static boolean possible() {
    try {
      return new ProcessBuilder("script", "-qefc", "true", "/dev/null")
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException asked) {
      throw new AssertionError(asked);
    }
  }

  /// @param folder where it runs
  static Pty start(Path folder, String... args) throws IOException {
    List<String> line = new ArrayList<>(List.of("exec"));
    line.addAll(Child.java());
    line.addAll(List.of(args));
    String command =
        line.stream()
            .map(word -> word.equals("exec") ? word : "'" + word + "'")
            .collect(Collectors.joining(" ", "stty cols 120 rows 40; ", ""));
    ProcessBuilder builder = new ProcessBuilder("script", "-qefc", command, "/dev/null");
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("TERM", "xterm");
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("NO_COLOR", "1");
    return new Pty(builder.start());
  }

  private void read(InputStream in) {
    byte[] chunk = new byte[4096];
    try (in) {
      for (int read; (read = in.read(chunk)) >= 0; ) {
        String more = new String(chunk, 0, read, StandardCharsets.ISO_8859_1);
        synchronized (screen) {
          screen.append(more);
        }
      }
    } catch (IOException ended) {
      // All that it showed is there.
    }
  }

  /// Presses keys.
  Pty type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
    return this;
  }

  /// Waits for words behind those that were waited for last. How a terminal moves its cursor does
  /// not count.
  ///
  /// @return what stood between
  String see(String words) {
    int[] at = {-1};
    try {
      Await.until(
          "on the screen: " + words,
          PATIENCE,
          () -> {
            at[0] = text().indexOf(words, seen);
            return at[0] >= 0;
          });
    } catch (AssertionError never) {
      throw new AssertionError(never.getMessage() + "\n" + text().substring(seen), never);
    }
    String between = text().substring(seen, at[0]);
    seen = at[0] + words.length();
    return between;
  }

  /// Without escape sequences.
  private String text() {
    String all;
    synchronized (screen) {
      all = screen.toString();
    }
    return all.replaceAll("\u001b(\\[[0-9;?]*[a-zA-Z]|[=>]|\\][^\u0007]*\u0007)", "");
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running; it shows\n" + text());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
