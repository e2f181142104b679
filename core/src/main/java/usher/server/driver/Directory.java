package usher.server.driver;

import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Who has a [Line] at an address of datagrams, whichever of its sockets the first datagram reached
/// and under whichever model: a conversation that goes on while the server changes its model is not
/// begun once more.
///
/// A sender is remembered as long as its conversation lives, and not longer. Thread-safe: lines
/// begin on loops and end on any thread.
public final class Directory {
  private final ConcurrentMap<InetSocketAddress, Line> lines = new ConcurrentHashMap<>();

  boolean has(InetSocketAddress sender) {
    return lines.containsKey(sender);
  }

  /// False if this sender has one already.
  boolean add(InetSocketAddress sender, Line line) {
    return lines.putIfAbsent(sender, line) == null;
  }

  void forget(InetSocketAddress sender, Line line) {
    lines.remove(sender, line);
  }
}
