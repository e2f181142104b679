package usher.server.driver;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import usher.session.Outcome;
import usher.session.Step;

/// A stream of bytes on a loop. What is written gathers in the loop's buffer and leaves at the end
/// of the turn.
final class ReadinessStream extends ReadinessConnection {
  /// Files up to this size go out with the head in one system call rather than by `sendfile`.
  private static final int SMALL_FILE = 16 << 10;

  private final SocketChannel channel;

  /// Bytes that were taken for sending and that the channel would not have, or null.
  private @Nullable ByteBuffer rest;

  ReadinessStream(Loop loop, Arrival arrival) {
    this.channel = arrival.channel();
    super(loop, arrival.protocol(), new Inbox(), arrival.delayable());
    from = Door.from(channel);
  }

  @Override
  SocketChannel channel() {
    return channel;
  }

  @Override
  SocketChannel selectable() {
    return channel;
  }

  @Override
  @Nullable SocketAddress peer() throws IOException {
    return channel.getRemoteAddress();
  }

  @Override
  void shutdownOutput() throws IOException {
    SocketChannel _ = channel.shutdownOutput();
  }

  @Override
  boolean lingers() {
    return true;
  }

  @Override
  void read(long since, long now) {
    ByteBuffer in = loop.in.clear();
    int count;
    try {
      count = channel.read(in);
    } catch (IOException thrown) {
      fail(thrown);
      return;
    }
    if (count < 0) {
      receiveEnd(now);
    } else if (count > 0) {
      asked = since;
      receive(in.flip(), now);
    }
    settle();
  }

  @Override
  boolean write(ByteBuffer bytes) throws IOException {
    for (int taken = 0; ; ) {
      if (rest != null && !flush()) {
        return false;
      }
      ByteBuffer out = loop.out;
      int fits = Math.min(out.remaining(), bytes.remaining());
      out.put(out.position(), bytes, bytes.position(), fits);
      out.position(out.position() + fits);
      bytes.position(bytes.position() + fits);
      if (!bytes.hasRemaining()) {
        return true;
      }
      taken += fits;
      if (!flush() || taken >= SLICE) {
        return false;
      }
    }
  }

  @Override
  boolean flush() throws IOException {
    ByteBuffer late = rest;
    if (late != null) {
      undelay();
      went(channel.write(late));
      if (late.hasRemaining()) {
        return false;
      }
      rest = null;
    }
    ByteBuffer out = loop.out;
    if (out.position() == 0) {
      return true;
    }
    out.flip();
    try {
      undelay();
      went(channel.write(out));
      if (out.hasRemaining()) {
        rest = ByteBuffer.allocate(out.remaining()).put(out).flip();
        return false;
      }
      return true;
    } finally {
      out.clear();
    }
  }

  @Override
  long send(FileChannel file, long offset, long length) throws IOException {
    ByteBuffer out = loop.out;
    if (length <= SMALL_FILE && rest == null && length <= out.remaining()) {
      int limit = out.limit();
      out.limit(out.position() + (int) length);
      int count = readFile(file, out, offset);
      out.limit(limit);
      return Math.max(count, 0);
    }
    if (!flush()) {
      return 0;
    }
    undelay();
    return went(file.transferTo(offset, Math.min(length, SLICE), channel));
  }

  @Override
  @Nullable Outcome converse(Step.Converse step) {
    session = new PipeSession(this, step);
    return null;
  }

  @Override
  void forget() {
    rest = null;
    super.forget();
  }
}
