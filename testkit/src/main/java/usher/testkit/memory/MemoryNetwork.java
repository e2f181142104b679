package usher.testkit.memory;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.channels.AlreadyBoundException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A network in memory. Its channels and selectors are the JDK's types, so whatever takes a
/// `ServerSocketChannel` and asks `channel.provider()` for a selector runs over it unchanged.
///
/// ```
/// MemoryNetwork network = new MemoryNetwork();
/// ServerSocketChannel listener = network.openServerSocketChannel().bind(null);
/// SocketChannel client = network.openSocketChannel();
/// client.connect(listener.getLocalAddress());
/// ```
///
/// It behaves as TCP does on Linux over loopback: half-close, resets, level-triggered readiness,
/// buffers that fill, a backlog that fills. The same table of behaviours is run on both in the
/// tests. Bytes arrive at once and no descriptor is used. Where it differs:
/// - each direction has one buffer, where a socket has one at either side;
/// - the backlog holds as many connections as asked for, where Linux holds one more;
/// - addresses are [InetSocketAddress]es of which only the port counts; every network has all
///   ports;
/// - options are kept and given back, but only `SO_LINGER` with 0 does anything;
/// - there are no datagrams, no pipes, and no `socket()` of a channel.
///
/// Faults are per side: those of the accepted side meet a server, those of the connecting side a
/// client. Everything may be used by any thread, platform or virtual; virtual threads park without
/// holding their carrier. One lock guards the whole network, so what a thread has seen of one
/// channel is true of all.
public final class MemoryNetwork extends SelectorProvider {
  /// The size of the buffer of each direction when nothing else is said, in bytes.
  public static final int BUFFER_SIZE = 64 * 1024;

  private static final int DEFAULT_BACKLOG = 50;
  private static final int FIRST_EPHEMERAL = 49_152;
  private static final int LAST_EPHEMERAL = 65_535;

  private final ReentrantLock lock = new ReentrantLock();
  private final int bufferSize;
  private final Faults accepting;
  private final Faults connecting;

  // Guarded by the lock.
  private final Map<Integer, Port> ports = new HashMap<>();
  private int lastEphemeral = LAST_EPHEMERAL;
  private long opened;
  private long made;
  private int failingAccepts;

  /// A network without faults.
  public MemoryNetwork() {
    this(BUFFER_SIZE);
  }

  /// A network without faults, with a buffer of `bufferSize` bytes in each direction.
  public MemoryNetwork(int bufferSize) {
    this(bufferSize, Faults.NONE, Faults.NONE);
  }

  /// A network with faults.
  ///
  /// @param bufferSize how many bytes fit into a connection in each direction, at least 1
  /// @param accepting what goes wrong at the side that was accepted
  /// @param connecting what goes wrong at the side that connected
  public MemoryNetwork(int bufferSize, Faults accepting, Faults connecting) {
    if (bufferSize < 1) {
      throw new IllegalArgumentException("a buffer holds at least 1 byte, not " + bufferSize);
    }
    this.bufferSize = bufferSize;
    this.accepting = accepting;
    this.connecting = connecting;
  }

  /// Lets the next accepts that would have taken a connection fail with "Too many open files", as
  /// they do when the process is out of descriptors. The connections stay in the backlog.
  public void failAccepts(int times) {
    locked(() -> failingAccepts = times);
  }

  /// Breaks a connection of this network: the channel is closed and its peer gets "Connection
  /// reset". The same as to close with `SO_LINGER` 0, but at once even while a selector holds the
  /// channel.
  ///
  /// @throws IllegalArgumentException if the channel is of another network
  public void reset(SocketChannel channel) throws IOException {
    if (!(channel instanceof MemorySocketChannel memory) || !channel.provider().equals(this)) {
      throw new IllegalArgumentException("not a channel of this network: " + channel);
    }
    memory.reset();
  }

  @Override
  public SocketChannel openSocketChannel() {
    Endpoint endpoint = locked(() -> new Endpoint(lock, bufferSize, connecting, opened++));
    return new MemorySocketChannel(this, new Options(bufferSize), endpoint, false);
  }

  /// The same for every family: addresses do not matter here.
  @Override
  public SocketChannel openSocketChannel(ProtocolFamily family) {
    return openSocketChannel();
  }

  @Override
  public ServerSocketChannel openServerSocketChannel() {
    Port port = new Port(lock, () -> new Endpoint(lock, bufferSize, accepting, made++));
    return new MemoryServerSocketChannel(this, new Options(bufferSize), port);
  }

  /// The same for every family: addresses do not matter here.
  @Override
  public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) {
    return openServerSocketChannel();
  }

  @Override
  public AbstractSelector openSelector() {
    return new MemorySelector(this);
  }

  /// Not supported.
  @Override
  public DatagramChannel openDatagramChannel() {
    throw new UnsupportedOperationException("no datagrams in memory");
  }

  /// Not supported.
  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) {
    throw new UnsupportedOperationException("no datagrams in memory");
  }

  /// Not supported.
  @Override
  public Pipe openPipe() {
    throw new UnsupportedOperationException("no pipes in memory");
  }

  // -- For the channels

  ReentrantLock lock() {
    return lock;
  }

  <T extends @Nullable Object> T locked(Supplier<T> question) {
    lock.lock();
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  void listen(Port port, @Nullable SocketAddress wanted, int backlog) throws IOException {
    lock.lock();
    try {
      if (port.address() != null) {
        throw new AlreadyBoundException();
      }
      InetSocketAddress address = free(wanted);
      port.listen(address, backlog < 1 ? DEFAULT_BACKLOG : backlog);
      ports.put(address.getPort(), port);
    } finally {
      lock.unlock();
    }
  }

  void close(Port port) {
    lock.lock();
    try {
      InetSocketAddress address = port.address();
      if (address != null) {
        ports.remove(address.getPort(), port);
      }
      port.close();
    } finally {
      lock.unlock();
    }
  }

  void bind(Endpoint endpoint, @Nullable SocketAddress wanted) throws IOException {
    lock.lock();
    try {
      if (endpoint.local() != null) {
        throw new AlreadyBoundException();
      }
      endpoint.bindTo(free(wanted));
    } finally {
      lock.unlock();
    }
  }

  void connect(Endpoint endpoint, InetSocketAddress to) {
    lock.lock();
    try {
      InetSocketAddress bound = endpoint.local();
      InetSocketAddress from =
          bound != null
              ? bound
              : new InetSocketAddress(InetAddress.getLoopbackAddress(), ephemeral());
      endpoint.connect(from, to, ports.get(to.getPort()));
    } finally {
      lock.unlock();
    }
  }

  MemorySocketChannel accepted(Endpoint endpoint) {
    return new MemorySocketChannel(this, new Options(bufferSize), endpoint, true);
  }

  /// Called with the lock held.
  void spendDescriptor() throws IOException {
    if (failingAccepts > 0) {
      failingAccepts--;
      throw new IOException("Too many open files");
    }
  }

  /// The address to connect to; the loopback address in the place of the wildcard.
  static InetSocketAddress remote(SocketAddress address) {
    InetSocketAddress checked = checked(address);
    return checked.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), checked.getPort())
        : checked;
  }

  private static InetSocketAddress checked(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet)) {
      throw new UnsupportedAddressTypeException();
    }
    if (inet.isUnresolved()) {
      throw new UnresolvedAddressException();
    }
    return inet;
  }

  private InetSocketAddress free(@Nullable SocketAddress wanted) throws BindException {
    if (wanted == null) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), ephemeral());
    }
    InetSocketAddress inet = checked(wanted);
    if (inet.getPort() == 0) {
      return new InetSocketAddress(inet.getAddress(), ephemeral());
    }
    if (ports.containsKey(inet.getPort())) {
      throw new BindException("Address already in use");
    }
    return inet;
  }

  private int ephemeral() {
    if (ports.size() > LAST_EPHEMERAL - FIRST_EPHEMERAL) {
      throw new IllegalStateException("all ports are taken");
    }
    do {
      lastEphemeral = lastEphemeral == LAST_EPHEMERAL ? FIRST_EPHEMERAL : lastEphemeral + 1;
    } while (ports.containsKey(lastEphemeral));
    return lastEphemeral;
  }
}
