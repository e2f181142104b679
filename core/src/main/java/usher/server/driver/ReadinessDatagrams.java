package usher.server.driver;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;
import usher.session.Outcome;
import usher.session.Step;

/// A conversation in datagrams on a loop: one datagram an event, and each write leaves at once.
final class ReadinessDatagrams extends ReadinessConnection {
  private final DatagramChannel channel;
  private final Line line;

  ReadinessDatagrams(Loop loop, DatagramChannel channel, Line line) {
    this.channel = channel;
    this.line = line;
    super(loop, line.protocol(), new DatagramInbox(), false);
    inbox.add(line.first());
  }

  @Override
  DatagramChannel channel() {
    return channel;
  }

  @Override
  DatagramChannel selectable() {
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
  void read(long since, long now) {
    ByteBuffer in = loop.in.clear().limit(line.room());
    try {
      int _ = channel.read(in);
    } catch (IOException thrown) {
      fail(thrown);
      return;
    }
    if (line.takes(in.flip())) {
      asked = since;
      receive(in, now);
    }
    settle();
  }

  @Override
  boolean write(ByteBuffer bytes) throws IOException {
    int size = bytes.remaining();
    boolean sent = line.send(channel, bytes);
    if (sent) {
      long _ = went(size);
    }
    return sent;
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
