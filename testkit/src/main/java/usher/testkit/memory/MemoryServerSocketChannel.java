package usher.testkit.memory;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A listening channel in memory. Safe for use by several threads, as its sibling in the JDK is.
final class MemoryServerSocketChannel extends ServerSocketChannel implements Registrable {
  private final MemoryNetwork network;
  private final Options options;
  private final Port port;
  private final ReentrantLock acceptLock = new ReentrantLock();

  MemoryServerSocketChannel(MemoryNetwork network, Options options, Port port) {
    super(network);
    this.network = network;
    this.options = options;
    this.port = port;
  }

  @Override
  public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) throws IOException {
    requireOpen();
    network.listen(port, local, backlog);
    return this;
  }

  @Override
  public @Nullable SocketAddress getLocalAddress() throws IOException {
    requireOpen();
    return network.locked(port::address);
  }

  @Override
  public @Nullable SocketChannel accept() throws IOException {
    acceptLock.lock();
    try {
      requireOpen();
      boolean wait = isBlocking();
      Accepting accepting = new Accepting();
      try {
        if (wait) {
          begin();
        }
        port.attempt(this, wait, accepting);
      } finally {
        if (wait) {
          end(accepting.endpoint != null);
        }
      }
      return accepting.endpoint == null ? null : network.accepted(accepting.endpoint);
    } finally {
      acceptLock.unlock();
    }
  }

  private final class Accepting implements Pollable.Attempt {
    private @Nullable Endpoint endpoint;

    @Override
    public long run() throws IOException {
      if (port.address() == null) {
        throw new NotYetBoundException();
      }
      if (!port.isEmpty()) {
        network.spendDescriptor();
      }
      endpoint = port.accept();
      return endpoint == null ? 0 : 1;
    }
  }

  @Override
  public <T> ServerSocketChannel setOption(SocketOption<T> option, T value) throws IOException {
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
  public ServerSocket socket() {
    throw new UnsupportedOperationException("a channel in memory has no socket");
  }

  @Override
  protected void implConfigureBlocking(boolean block) throws IOException {
    // Waits for an accept that is under way, which goes by the mode it began with.
    acceptLock.lock();
    try {
      requireOpen();
    } finally {
      acceptLock.unlock();
    }
  }

  @Override
  protected void implCloseSelectableChannel() {
    // Asked before the network's lock is taken: it takes the channel's own.
    if (isRegistered()) {
      network.locked(port::announce);
    } else {
      release();
    }
  }

  @Override
  public void release() {
    network.close(port);
  }

  @Override
  public Pollable pollable() {
    return port;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
  }
}
