package usher.bench.micro.treadmill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// The same bytes at every read; every write is copied, as a kernel would, and forgotten. The very
/// first read, which a server may try right after accept, finds nothing.
final class TreadmillChannel extends SocketChannel {
  private static final int KEPT = 64 << 10;

  private final byte[] request;
  private final ByteBuffer kept = ByteBuffer.allocateDirect(KEPT);
  private boolean readBefore;
  private long written;
  private boolean ended;

  TreadmillChannel(Treadmill provider, byte[] request) {
    super(provider);
    this.request = request.clone();
  }

  /// This and what follows is read by the other thread, only while no turn is under way.
  long written() {
    return written;
  }

  /// Whether the server goes on with it: it has neither closed it nor ended its output.
  boolean serves() {
    return isOpen() && !ended;
  }

  String last() {
    return StandardCharsets.ISO_8859_1.decode(kept.duplicate().flip()).toString();
  }

  @Override
  public int read(ByteBuffer to) {
    if (!readBefore) {
      readBefore = true;
      return 0;
    }
    to.put(request);
    return request.length;
  }

  @Override
  public int write(ByteBuffer from) {
    int count = from.remaining();
    kept.clear().put(from);
    written += count;
    return count;
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    long count = 0;
    for (int i = offset; i < offset + length; i++) {
      count += write(from[i]);
    }
    return count;
  }

  @Override
  public SocketChannel bind(SocketAddress local) {
    return this;
  }

  @Override
  public <T> SocketChannel setOption(SocketOption<T> name, T value) {
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
  public SocketChannel shutdownInput() {
    return this;
  }

  @Override
  public SocketChannel shutdownOutput() {
    ended = true;
    return this;
  }

  @Override
  public Socket socket() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isConnectionPending() {
    return false;
  }

  @Override
  public boolean connect(SocketAddress remote) {
    return true;
  }

  @Override
  public boolean finishConnect() {
    return true;
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
  }

  @Override
  public SocketAddress getLocalAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  }

  @Override
  protected void implCloseSelectableChannel() {}

  @Override
  protected void implConfigureBlocking(boolean block) {}
}
