package usher.bench.micro.treadmill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives its one connection to the first accept, and nothing to the others.
final class TreadmillListener extends ServerSocketChannel {
  private @Nullable TreadmillChannel waiting;

  TreadmillListener(Treadmill provider, TreadmillChannel waiting) {
    super(provider);
    this.waiting = waiting;
  }

  @Override
  public @Nullable SocketChannel accept() {
    SocketChannel next = waiting;
    waiting = null;
    return next;
  }

  @Override
  public ServerSocketChannel bind(SocketAddress local, int backlog) {
    return this;
  }

  @Override
  public SocketAddress getLocalAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  }

  @Override
  public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return Set.of();
  }

  @Override
  public ServerSocket socket() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void implCloseSelectableChannel() {}

  @Override
  protected void implConfigureBlocking(boolean block) {}
}
