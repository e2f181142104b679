package usher.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import usher.server.net.Listener;
import usher.server.process.Succession;

/// A process that takes over the listening sockets of this one: the same program in a new version,
/// or with another configuration.
///
/// ```
///   this process:  serves ──start──► serves ──it is ready──► drains ──► ends
///   the successor:             starts ──► listens by the same sockets ──► serves …
/// ```
///
/// Both accept from the same sockets for a moment, so that no client is refused and none waits:
/// what the kernel has queued belongs to the socket, not to a process. The successor finds the
/// sockets by [Inheritance#received] and says that it serves by [Supervisor#ready].
///
/// Linux only, as the process models are.
public final class Successor {
  private final Succession succession;
  private final List<Listener> listeners;

  private Successor(Succession succession, List<Listener> listeners) {
    this.succession = succession;
    this.listeners = listeners;
  }

  /// Starts it.
  ///
  /// @param command a program and its arguments, run in this process's folder and environment
  /// @throws IOException if it cannot be started, or one of the servers has sockets for datagrams
  public static Successor start(List<String> command, List<Server> servers) throws IOException {
    List<Listener> listeners = new ArrayList<>();
    for (Server server : servers) {
      listeners.addAll(server.listeners());
    }
    return new Successor(
        Succession.start(command, listeners.stream().map(Listener::local).toList()), listeners);
  }

  /// Waits until it serves. If it does, the files of Unix sockets are its own from now on, and this
  /// process may drain; if it ended before or took too long, it is ended, and nothing has changed.
  public boolean awaitReady(Duration within) {
    boolean ready = succession.awaitReady(within);
    if (ready) {
      listeners.forEach(Listener::handOn);
    } else {
      succession.kill();
    }
    return ready;
  }

  /// Its process number.
  public long number() {
    return succession.number();
  }
}
