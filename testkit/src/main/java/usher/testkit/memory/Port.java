package usher.testkit.memory;

import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a listening channel has in the kernel: a bounded queue of connections that nobody has
/// accepted yet. Those that find it full wait, as a client waits whose first packet is dropped.
///
/// ```
/// new ── listen ──► listening ── close ──► closed
/// ```
///
/// Guarded by the lock of the network. Nothing here waits.
final class Port extends Pollable {
  private final Supplier<Endpoint> endpoints;
  private final Deque<Endpoint> queue = new ArrayDeque<>();
  private final Deque<Endpoint> waiting = new ArrayDeque<>();
  private @Nullable InetSocketAddress address;
  private int backlog;

  /// @param endpoints makes the accepted side of a connection
  Port(ReentrantLock lock, Supplier<Endpoint> endpoints) {
    super(lock);
    this.endpoints = endpoints;
  }

  /// @param most how many connections are made before they are accepted
  void listen(InetSocketAddress at, int most) {
    address = at;
    backlog = most;
  }

  /// Where it listens, or null.
  @Nullable InetSocketAddress address() {
    return address;
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }

  void arrive(Endpoint client) {
    waiting.add(client);
    admit();
    announce();
  }

  void withdraw(Endpoint client) {
    waiting.remove(client);
  }

  /// The connection that has waited longest, or null.
  @Nullable Endpoint accept() {
    Endpoint accepted = queue.poll();
    admit();
    return accepted;
  }

  /// Resets what was not accepted and refuses what was not let in.
  void close() {
    while (!queue.isEmpty()) {
      queue.remove().close(true);
    }
    while (!waiting.isEmpty()) {
      waiting.remove().refuse();
    }
    announce();
  }

  private void admit() {
    while (queue.size() < backlog && !waiting.isEmpty()) {
      Endpoint server = endpoints.get();
      queue.add(server);
      waiting.remove().establish(server);
    }
  }

  @Override
  int ready() {
    return queue.isEmpty() ? 0 : SelectionKey.OP_ACCEPT;
  }
}
