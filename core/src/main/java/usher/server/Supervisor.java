package usher.server;

import java.io.IOException;
import java.util.Map;
import usher.server.process.Childhood;
import usher.server.process.Telling;

/// Whoever started this process and wants to know how it is doing: systemd (`Type=notify`, by
/// `sd_notify(3)`), the run of the program that this one takes over from, or nobody; then nothing
/// happens here.
///
/// Telling never fails a server: what cannot be told is logged. Thread-safe.
public final class Supervisor {
  private final Telling telling;

  private Supervisor(Telling telling) {
    this.telling = telling;
  }

  /// This process's own; nobody in a child process, whose parent tells for it.
  public static Supervisor own() {
    return of(Childhood.present() ? Map.of() : System.getenv());
  }

  static Supervisor of(Map<String, String> environment) {
    return new Supervisor(new Telling(environment));
  }

  /// It serves from now on.
  public void ready() {
    // A process that took over is not the one that was started.
    tell("READY=1\nMAINPID=" + ProcessHandle.current().pid());
    try {
      telling.tellPredecessor();
    } catch (IOException gone) {
      log("the run before this one has gone", gone);
    }
  }

  /// It drains.
  public void stopping() {
    tell("STOPPING=1");
  }

  /// What it does, in a line for a person.
  public void status(String line) {
    tell("STATUS=" + line.replace('\n', ' '));
  }

  private void tell(String words) {
    try {
      telling.tell(words + "\n");
    } catch (IOException thrown) {
      log("the service manager cannot be told: " + words.lines().findFirst().orElse(""), thrown);
    }
  }

  private static void log(String words, IOException thrown) {
    System.getLogger("usher").log(System.Logger.Level.WARNING, words + ": " + thrown.getMessage());
  }
}
