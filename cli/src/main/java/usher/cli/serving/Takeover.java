package usher.cli.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import usher.cli.console.Quantity;
import usher.server.Server;
import usher.server.Successor;

/// Starts the next run of this command, with the same words, and hands it the listening sockets.
///
/// The launcher is started, where there is one, so that a new version is built and run.
public final class Takeover {
  /// What the launcher calls itself in a system property.
  private static final String LAUNCHER = "usher.launcher";

  private final List<Server> servers;
  private final Duration patience;
  private volatile boolean done;

  /// @param servers whose sockets are handed on
  /// @param patience how long the next run may take until it serves
  public Takeover(List<Server> servers, Duration patience) {
    this.servers = List.copyOf(servers);
    this.patience = patience;
  }

  /// Starts it and waits until it serves. Afterwards this process is to drain.
  ///
  /// @return its process number
  /// @throws IOException if it does not serve: nothing has changed then
  public synchronized long begin() throws IOException {
    Successor successor = Successor.start(command(), servers);
    if (!successor.awaitReady(patience)) {
      throw new IOException(
          "the new run did not serve within %s and was ended, this one goes on; its own words are in"
                  .formatted(Quantity.duration(patience))
              + " this one's standard error");
    }
    done = true;
    return successor.number();
  }

  /// Whether another run serves in this one's place.
  public boolean done() {
    return done;
  }

  private static List<String> command() throws IOException {
    List<String> own = ownLine();
    String launcher = System.getProperty(LAUNCHER);
    if (launcher == null || !Files.isExecutable(Path.of(launcher))) {
      List<String> line = new ArrayList<>(own);
      line.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
      return line;
    }
    List<String> line = new ArrayList<>(List.of(launcher));
    line.addAll(own.subList(own.indexOf("usher.cli.Main") + 1, own.size()));
    return line;
  }

  private static List<String> ownLine() throws IOException {
    String line = Files.readString(Path.of("/proc/self/cmdline"));
    return Arrays.asList(line.substring(0, line.length() - 1).split("\0", -1));
  }
}
