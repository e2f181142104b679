package usher.testkit.memory;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One side of a connection, as the kernel sees it. It behaves as TCP does on Linux over loopback,
/// and a test holds the two against each other.
///
/// ```
///               connect            room in the backlog          finish
/// UNCONNECTED ───────────► WAITING ───────────────────► ARRIVED ──────► CONNECTED ──► CLOSED
///      │                      │ the port closes                              ▲
///      └──────────────────────┴────────► REFUSED               accept ───────┘
/// ```
///
/// `close` leads from any state to CLOSED. Apart from the state, each direction may have ended
/// (FIN) and the connection may be broken (RST).
///
/// Rules:
/// - What has come in stays readable after FIN and after RST; then comes the end of input, or the
///   reset.
/// - A reset is reported once, by whichever of `read` and `write` comes first. Later writes find a
///   broken pipe, later reads the end, except that a `read` which has seen the reset repeats it.
/// - A reset after FIN is not reported to readers: they have their end of input.
/// - Closing with unread input resets; so does closing with a linger of 0.
/// - The first write to a side that has closed is taken and lost, and resets the writer.
///
/// Guarded by the lock of the network. Nothing here waits.
final class Endpoint extends Pollable {
  private enum State {
    UNCONNECTED,
    WAITING,
    ARRIVED,
    REFUSED,
    CONNECTED,
    CLOSED
  }

  private final Ring queue;
  private final Faults faults;
  private final SplittableRandom random;

  private State state = State.UNCONNECTED;
  private @Nullable Endpoint peer;
  private @Nullable Port port;
  private @Nullable InetSocketAddress local;
  private @Nullable InetSocketAddress remote;

  private long received;
  private long resetAt = Faults.NEVER;
  private boolean inputShut;
  private boolean finSent;
  private boolean finReceived;
  private boolean broken;
  private boolean resetUnreported;
  private boolean resetRead;

  Endpoint(ReentrantLock lock, int bufferSize, Faults faults, long number) {
    super(lock);
    this.queue = new Ring(bufferSize);
    this.faults = faults;
    // Neighbouring numbers must not give neighbouring draws.
    this.random = new SplittableRandom(new SplittableRandom(faults.seed() + number).nextLong());
  }

  // -- Addresses

  @Nullable InetSocketAddress local() {
    return local;
  }

  @Nullable InetSocketAddress remote() {
    return remote;
  }

  void bindTo(InetSocketAddress address) {
    local = address;
  }

  // -- Connecting

  /// Starts a connection to `target`; refused when there is none.
  void connect(InetSocketAddress from, InetSocketAddress to, @Nullable Port target) {
    local = from;
    remote = to;
    if (target == null) {
      refuse();
    } else {
      state = State.WAITING;
      port = target;
      target.arrive(this);
    }
  }

  void refuse() {
    state = State.REFUSED;
    port = null;
    announce();
  }

  /// Joins this waiting side to `server`, the side that will be accepted.
  void establish(Endpoint server) {
    state = State.ARRIVED;
    port = null;
    peer = server;
    server.state = State.CONNECTED;
    server.peer = this;
    server.local = remote;
    server.remote = local;
    this.limit(server);
    server.limit(this);
    announce();
  }

  // The counts of both sides' faults, for the direction that ends here.
  private void limit(Endpoint sender) {
    resetAt = Math.min(faults.resetAfterReceived(), sender.faults.resetAfterSent());
    if (resetAt == 0) {
      sender.breakOff();
      breakOff();
    }
  }

  /// 1 when the connection is made, 0 while it is not.
  long finish() throws IOException {
    switch (state) {
      case REFUSED -> throw new ConnectException("Connection refused");
      case ARRIVED -> state = State.CONNECTED;
      default -> {}
    }
    return state == State.CONNECTED ? 1 : 0;
  }

  // -- Moving bytes

  /// The bytes moved into the targets; 0 when there is nothing yet or no room, -1 at the end of
  /// input.
  ///
  /// @throws SocketException if the connection is reset
  long receive(ByteBuffer[] targets, int offset, int length) throws IOException {
    if (inputShut) {
      return -1;
    }
    if (resetRead) {
      throw new SocketException("Connection reset");
    }
    if (!Buffers.hasRemaining(targets, offset, length)) {
      return 0;
    }
    if (queue.isEmpty()) {
      return endOfInput();
    }
    long most = faults.reads().next(random);
    long moved = 0;
    for (int i = offset; i < offset + length; i++) {
      moved += queue.take(targets[i], most - moved);
    }
    if (peer != null) {
      peer.announce();
    }
    return moved;
  }

  private long endOfInput() throws SocketException {
    if (finReceived) {
      return -1;
    }
    if (resetUnreported) {
      resetUnreported = false;
      resetRead = true;
      throw new SocketException("Connection reset");
    }
    return broken ? -1 : 0;
  }

  /// The bytes taken from the sources; 0 when there is no room.
  ///
  /// @throws IOException if the connection is reset, or the pipe broken
  long send(ByteBuffer[] sources, int offset, int length) throws IOException {
    if (resetUnreported) {
      resetUnreported = false;
      throw new IOException("Connection reset by peer");
    }
    if (broken || peer == null) {
      throw new IOException("Broken pipe");
    }
    long most = faults.writes().next(random);
    long moved = 0;
    for (int i = offset; i < offset + length; i++) {
      moved += peer.take(sources[i], most - moved);
    }
    if (moved > 0) {
      peer.taken(this);
    }
    return moved;
  }

  private long take(ByteBuffer source, long most) {
    if (state == State.CLOSED) {
      int count = (int) Math.min(most, source.remaining());
      source.position(source.position() + count);
      return count;
    }
    int count = queue.put(source, Math.min(most, resetAt - received));
    received += count;
    return count;
  }

  private void taken(Endpoint sender) {
    if (state == State.CLOSED) {
      sender.breakOff();
    } else if (received == resetAt) {
      sender.breakOff();
      breakOff();
    } else {
      announce();
    }
  }

  /// True if a `write` would fail, so that one which has moved something should stop.
  boolean isBroken() {
    return broken;
  }

  /// True if a write moves no more than the faults allow, in any mode.
  boolean cutsWrites() {
    return !(faults.writes() instanceof Cut.Whole);
  }

  // -- Ending

  /// No reads from here on; the peer does not notice.
  void shutInput() {
    inputShut = true;
    announce();
  }

  /// FIN: the peer reads what is queued, then the end.
  void shutOutput() {
    if (!finSent) {
      finSent = true;
      if (peer != null && !broken) {
        peer.finReceived = true;
        peer.announce();
      }
    }
    announce();
  }

  /// The end of this side. Does nothing the second time.
  void close(boolean reset) {
    if (state == State.CLOSED) {
      return;
    }
    if (port != null) {
      port.withdraw(this);
    }
    if (peer != null && !broken) {
      if (reset || !queue.isEmpty()) {
        peer.breakOff();
      } else {
        shutOutput();
      }
    }
    state = State.CLOSED;
    queue.clear();
    announce();
    if (peer != null) {
      peer.announce();
    }
  }

  /// RST comes in.
  private void breakOff() {
    if (!broken && state != State.CLOSED) {
      broken = true;
      resetUnreported = !finReceived;
      announce();
    }
  }

  // -- Polling

  @Override
  int ready() {
    return switch (state) {
      case UNCONNECTED, REFUSED -> ALL;
      case WAITING, CLOSED -> 0;
      case ARRIVED -> broken ? ALL : SelectionKey.OP_CONNECT;
      case CONNECTED -> readyConnected();
    };
  }

  private int readyConnected() {
    boolean inputOver = inputShut || finReceived;
    if (broken || (finSent && inputOver)) {
      return ALL;
    }
    int ops = 0;
    if (inputOver || !queue.isEmpty()) {
      ops |= SelectionKey.OP_READ;
    }
    if (finSent || (peer != null && peer.hasRoom())) {
      ops |= SelectionKey.OP_WRITE;
    }
    return ops;
  }

  // Linux calls a socket writable when at most two thirds of its buffer are full: a reader that
  // takes
  // a byte at a time does not wake the writer for each.
  private boolean hasRoom() {
    return state == State.CLOSED || (queue.free() > 0 && queue.free() >= queue.size() / 2);
  }
}
