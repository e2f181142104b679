package usher.server.driver;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import usher.session.Outcome;
import usher.session.Step;

/// A conversation in datagrams with a thread to itself. It holds a buffer for the longest datagram
/// that its protocol takes.
final class BlockingDatagrams extends BlockingConnection {
  private final DatagramChannel channel;
  private final Line line;

  BlockingDatagrams(House house, Reaper reaper, DatagramChannel channel, Line line) {
    this.channel = channel;
    this.line = line;
    super(house, reaper, line.protocol(), new DatagramInbox(), false, 0);
    inbox.add(line.first());
  }

  @Override
  DatagramChannel channel() {
    return channel;
  }

  @Override
  @Nullable SocketAddress peer() throws IOException {
    return channel.getRemoteAddress();
  }

  @Override
  void shutdownOutput() {
    throw Line.needsStream("to shut one side");
  }

  @Override
  boolean lingers() {
    return false;
  }

  @Override
  ByteBuffer fresh(@Nullable ByteBuffer last, boolean filled) {
    return last == null ? ByteBuffer.allocate(line.room()) : last;
  }

  @Override
  int read(ByteBuffer fresh) throws IOException {
    int count = channel.read(fresh);
    return line.takes(fresh.duplicate().flip()) ? count : 0;
  }

  @Override
  boolean write(ByteBuffer bytes) throws IOException {
    due(house.now() + house.stall);
    late = true;
    long _ = went(bytes.remaining());
    // A channel that blocks has sent it, or throws.
    boolean _ = line.send(channel, bytes);
    return true;
  }

  @Override
  boolean flush() {
    return true;
  }

  @Override
  long send(FileChannel file, long offset, long length) {
    throw Line.needsStream("to send a file");
  }

  @Override
  @Nullable Outcome converse(Step.Converse step) {
    throw Line.needsStream("to lend it");
  }

  @Override
  void forget() {
    line.hangUp();
    super.forget();
  }
}
