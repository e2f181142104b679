package usher.server.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process that was started to take over, and the pipe by which it says that it serves.
public final class Succession {
  /// Which descriptor the successor writes a byte into when it serves.
  static final String READY = "USHER_READY";

  /// A process learns its own number only when it runs, and a shell does before it becomes the
  /// program.
  private static final String BECOME =
      "export LISTEN_PID=$$ LISTEN_FDS=\"$1\" " + READY + "=\"$2\"; shift 2; exec \"$@\"";

  private final ProcessHandle process;
  private final CompletableFuture<Boolean> ready;

  private Succession(ProcessHandle process, CompletableFuture<Boolean> ready) {
    this.process = process;
    this.ready = ready;
  }

  /// Starts the command and gives it the sockets that listen at these addresses.
  public static Succession start(List<String> command, List<SocketAddress> addresses)
      throws IOException {
    Native library = new Native();
    List<Integer> given = new ArrayList<>();
    Native.Pipe pipe = library.pipe();
    try {
      for (SocketAddress address : addresses) {
        given.add(library.raise(Sockets.descriptor(library, address)));
      }
      List<byte[]> line = new ArrayList<>();
      for (String word : List.of("sh", "-c", BECOME, "sh")) {
        line.add(bytes(word));
      }
      line.add(bytes(Integer.toString(given.size())));
      line.add(bytes(Integer.toString(Native.FIRST + given.size())));
      command.forEach(word -> line.add(bytes(word)));
      List<Integer> all = new ArrayList<>(given);
      all.add(pipe.write());
      FileInputStream words = new FileInputStream("/proc/self/fd/" + pipe.read());
      int number =
          library.spawn("/bin/sh", line, 0, all.stream().mapToInt(Integer::intValue).toArray());
      ProcessHandle process = ProcessHandle.of(number).orElseThrow();
      var _ = process.onExit().thenRun(() -> library.reap(number));
      return new Succession(process, listen(words));
    } finally {
      given.forEach(library::close);
      library.close(pipe.read());
      library.close(pipe.write());
    }
  }

  /// File names as the system has them.
  private static byte[] bytes(String word) {
    return word.getBytes(
        java.nio.charset.Charset.forName(
            System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name())));
  }

  private static CompletableFuture<Boolean> listen(FileInputStream words) {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("usher-successor")
        .start(
            () -> {
              try (words) {
                told.complete(words.read() >= 0);
              } catch (IOException thrown) {
                told.complete(false);
              }
            });
    return told;
  }

  /// Whether it serves by then.
  public boolean awaitReady(Duration within) {
    try {
      return ready.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException impossible) {
      throw new AssertionError(impossible);
    }
  }

  public void kill() {
    process.destroyForcibly();
  }

  public long number() {
    return process.pid();
  }
}
