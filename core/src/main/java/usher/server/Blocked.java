package usher.server;

import java.util.List;
import usher.session.Peer;

/// A handler that holds its thread for longer than it may, as it was seen while it did so.
///
/// @param peer whose handler it is; lent, if it is the sender of a datagram
/// @param task what it is at, such as `GET /report`, or nothing where its session does not say
/// @param loop whether it holds an event loop, and with it all clients of that loop
/// @param thread the thread's name
/// @param nanos for how long at least
/// @param stack the calls of the thread at that moment, the innermost first
public record Blocked(
    Peer peer, String task, boolean loop, String thread, long nanos, List<String> stack) {
  public Blocked {
    stack = List.copyOf(stack);
  }

  /// Who, at what, where and for how long, in a line.
  public String summary() {
    return (task.isEmpty() ? "a handler" : task)
        + " for "
        + peer.remote()
        + (loop ? " has held its event loop for " : " has held its thread for ")
        + nanos / 1_000_000
        + " ms, on "
        + thread;
  }

  /// The summary, and the stack below it.
  @Override
  public String toString() {
    return summary() + "\n\tat " + String.join("\n\tat ", stack);
  }
}
