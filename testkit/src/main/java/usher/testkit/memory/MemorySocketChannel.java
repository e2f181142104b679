package usher.testkit.memory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NoConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A stream channel in memory. Safe for use by one reader and one writer at a time, others wait, as
/// with its sibling in the JDK.
///
/// This class holds what the JDK keeps in a channel: modes, phases and waiting. What the kernel
/// keeps is in [Endpoint].
/// - A blocking write on a platform thread returns when all is written. Once a virtual thread has
///   used the channel, it may return earlier, after at least one byte: so does the JDK's.
/// - A channel that is closed while registered ends its output at once and is freed when its
///   selector next selects: so does the JDK's.
final class MemorySocketChannel extends SocketChannel implements Registrable {
  private enum Phase {
    UNCONNECTED,
    PENDING,
    CONNECTED
  }

  private final MemoryNetwork network;
  private final Options options;
  private final Endpoint endpoint;
  private final ReentrantLock readLock = new ReentrantLock();
  private final ReentrantLock writeLock = new ReentrantLock();

  private volatile Phase phase;
  private volatile boolean outputShut;
  private volatile boolean usedByVirtualThread;

  MemorySocketChannel(
      MemoryNetwork network, Options options, Endpoint endpoint, boolean connected) {
    super(network);
    this.network = network;
    this.options = options;
    this.endpoint = endpoint;
    this.phase = connected ? Phase.CONNECTED : Phase.UNCONNECTED;
  }

  // -- Connecting

  @Override
  public SocketChannel bind(@Nullable SocketAddress local) throws IOException {
    requireOpen();
    if (phase == Phase.PENDING) {
      throw new ConnectionPendingException();
    }
    network.bind(endpoint, local);
    return this;
  }

  /// Starts a connection, or makes it in blocking mode. In non-blocking mode it always takes a
  /// [#finishConnect], as TCP does.
  @Override
  public boolean connect(SocketAddress remote) throws IOException {
    InetSocketAddress to = MemoryNetwork.remote(remote);
    lockBoth();
    try {
      requireOpen();
      switch (phase) {
        case CONNECTED -> throw new AlreadyConnectedException();
        case PENDING -> throw new ConnectionPendingException();
        case UNCONNECTED -> {}
      }
      phase = Phase.PENDING;
      network.connect(endpoint, to);
      return isBlocking() && await();
    } catch (IOException e) {
      close();
      throw e;
    } finally {
      unlockBoth();
    }
  }

  @Override
  public boolean finishConnect() throws IOException {
    lockBoth();
    try {
      requireOpen();
      return switch (phase) {
        case CONNECTED -> true;
        case UNCONNECTED -> throw new NoConnectionPendingException();
        case PENDING -> await();
      };
    } catch (IOException e) {
      close();
      throw e;
    } finally {
      unlockBoth();
    }
  }

  private boolean await() throws IOException {
    boolean wait = isBlocking();
    boolean made = false;
    noteThread();
    try {
      if (wait) {
        begin();
      }
      made = endpoint.attempt(this, wait, endpoint::finish) > 0;
    } finally {
      if (wait) {
        end(made);
      }
    }
    if (made) {
      phase = Phase.CONNECTED;
    }
    return made;
  }

  @Override
  public boolean isConnected() {
    return isOpen() && phase == Phase.CONNECTED;
  }

  @Override
  public boolean isConnectionPending() {
    return isOpen() && phase == Phase.PENDING;
  }

  @Override
  public @Nullable SocketAddress getLocalAddress() throws IOException {
    requireOpen();
    return network.locked(endpoint::local);
  }

  @Override
  public @Nullable SocketAddress getRemoteAddress() throws IOException {
    requireOpen();
    return network.locked(endpoint::remote);
  }

  // -- Reading and writing

  @Override
  public int read(ByteBuffer target) throws IOException {
    return (int) receive(new ByteBuffer[] {target}, 0, 1);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, targets.length);
    return receive(targets, offset, length);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return (int) send(new ByteBuffer[] {source}, 0, 1);
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, sources.length);
    return send(sources, offset, length);
  }

  private long receive(ByteBuffer[] targets, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (targets[i].isReadOnly()) {
        throw new IllegalArgumentException("Read-only buffer");
      }
    }
    readLock.lock();
    try {
      requireConnected();
      noteThread();
      boolean blocking = isBlocking();
      boolean wait = blocking && Buffers.hasRemaining(targets, offset, length);
      long moved = 0;
      try {
        if (blocking) {
          begin();
        }
        moved = endpoint.attempt(this, wait, () -> endpoint.receive(targets, offset, length));
      } finally {
        if (blocking) {
          end(moved > 0);
        }
      }
      return moved;
    } finally {
      readLock.unlock();
    }
  }

  private long send(ByteBuffer[] sources, int offset, int length) throws IOException {
    writeLock.lock();
    try {
      requireConnected();
      noteThread();
      boolean blocking = isBlocking();
      boolean whole = blocking && !usedByVirtualThread && !endpoint.cutsWrites();
      Sending sending = new Sending(sources, offset, length, whole);
      try {
        if (blocking) {
          begin();
        }
        endpoint.attempt(this, blocking, sending);
      } finally {
        if (blocking) {
          end(sending.sent > 0);
        }
      }
      if (sending.sent == 0 && outputShut) {
        throw new AsynchronousCloseException();
      }
      return sending.sent;
    } finally {
      writeLock.unlock();
    }
  }

  /// Sends until all is sent or, if not `whole`, something is.
  private final class Sending implements Pollable.Attempt {
    private static final long BLOCKED = 0;
    private static final long OVER = 1;

    private final ByteBuffer[] sources;
    private final int offset;
    private final int length;
    private final boolean whole;
    private long sent;

    Sending(ByteBuffer[] sources, int offset, int length, boolean whole) {
      this.sources = sources;
      this.offset = offset;
      this.length = length;
      this.whole = whole;
    }

    @Override
    public long run() throws IOException {
      if (outputShut || isCutShort()) {
        return OVER;
      }
      sent += endpoint.send(sources, offset, length);
      // A fault may have struck within this very send.
      boolean over =
          !Buffers.hasRemaining(sources, offset, length) || (sent > 0 && !whole) || isCutShort();
      return over ? OVER : BLOCKED;
    }

    // What goes wrong after something was sent is for the next write to report.
    private boolean isCutShort() {
      return sent > 0 && endpoint.isBroken();
    }
  }

  private void noteThread() {
    if (Thread.currentThread().isVirtual()) {
      usedByVirtualThread = true;
    }
  }

  // -- Ending

  @Override
  public SocketChannel shutdownInput() throws IOException {
    requireConnected();
    network.locked(endpoint::shutInput);
    return this;
  }

  @Override
  public SocketChannel shutdownOutput() throws IOException {
    requireConnected();
    outputShut = true;
    network.locked(endpoint::shutOutput);
    return this;
  }

  /// Closes with a reset, at once even while a selector holds the channel.
  void reset() throws IOException {
    options.set(StandardSocketOptions.SO_LINGER, 0);
    close();
    release();
  }

  @Override
  protected void implCloseSelectableChannel() {
    // Asked before the network's lock is taken: it takes the channel's own.
    if (!isRegistered()) {
      release();
    } else if (phase == Phase.CONNECTED && !options.resetsOnClose()) {
      network.locked(endpoint::shutOutput);
    } else {
      network.locked(endpoint::announce);
    }
  }

  @Override
  public void release() {
    network.locked(() -> endpoint.close(options.resetsOnClose()));
  }

  // -- The rest

  @Override
  protected void implConfigureBlocking(boolean block) throws IOException {
    // Waits for what is under way, which goes by the mode it began with.
    lockBoth();
    try {
      requireOpen();
    } finally {
      unlockBoth();
    }
  }

  @Override
  public Pollable pollable() {
    return endpoint;
  }

  @Override
  public <T> SocketChannel setOption(SocketOption<T> option, T value) throws IOException {
    requireOpen();
    options.set(option, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> option) throws IOException {
    requireOpen();
    return options.get(option);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return options.supported();
  }

  /// Not supported: there is no socket.
  @Override
  public Socket socket() {
    throw new UnsupportedOperationException("a channel in memory has no socket");
  }

  private void requireOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }

  private void requireConnected() throws ClosedChannelException {
    requireOpen();
    if (phase != Phase.CONNECTED) {
      throw new NotYetConnectedException();
    }
  }

  private void lockBoth() {
    readLock.lock();
    writeLock.lock();
  }

  private void unlockBoth() {
    writeLock.unlock();
    readLock.unlock();
  }
}
