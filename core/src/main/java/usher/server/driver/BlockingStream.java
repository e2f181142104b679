package usher.server.driver;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import usher.session.Outcome;
import usher.session.Session;
import usher.session.Step;

/// A stream of bytes with a thread to itself. While idle it holds [#FRESH] bytes to read into.
final class BlockingStream extends BlockingConnection {
  /// Room for a first read; most requests fit. A read that fills it makes the next one larger.
  private static final int FRESH = 1 << 10;

  /// What a first read did not exhaust.
  static final int LARGE = 16 << 10;

  /// The JDK keeps a direct buffer as large as the largest heap buffer that a thread wrote.
  static final int MOST_AT_ONCE = 64 << 10;

  private static final int OUT = 512;
  private static final int OUT_MOST = 32 << 10;

  private final SocketChannel channel;
  private final ByteBuffer small = ByteBuffer.allocate(FRESH);
  private @Nullable ByteBuffer out;

  /// An ordinary write has been made, so that the descriptor is in the mode that virtual threads
  /// need.
  private boolean parks;

  BlockingStream(House house, Reaper reaper, Arrival arrival, long queued) {
    this.channel = arrival.channel();
    super(house, reaper, arrival.protocol(), new Inbox(), arrival.delayable(), queued);
    from = Door.from(channel);
  }

  @Override
  SocketChannel channel() {
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
  ByteBuffer fresh(@Nullable ByteBuffer last, boolean filled) {
    if (last == null || last.capacity() == FRESH) {
      return filled ? house.shelf.take() : small;
    }
    if (filled) {
      return last;
    }
    house.shelf.giveBack(last);
    return small;
  }

  @Override
  int read(ByteBuffer fresh) throws IOException {
    return channel.read(fresh);
  }

  @Override
  boolean write(ByteBuffer bytes) throws IOException {
    ByteBuffer corked = out;
    int size = (corked == null ? 0 : corked.position()) + bytes.remaining();
    if (size > OUT_MOST) {
      flush();
      send(bytes);
      return true;
    }
    if (corked == null) {
      corked = ByteBuffer.allocate(Math.max(OUT, size));
      out = corked;
    } else if (size > corked.capacity()) {
      corked = ByteBuffer.allocate(Math.min(OUT_MOST, size * 4)).put(corked.flip());
      out = corked;
    }
    corked.put(bytes);
    return true;
  }

  @Override
  boolean flush() throws IOException {
    ByteBuffer corked = out;
    if (corked != null) {
      out = null;
      send(corked.flip());
    }
    return true;
  }

  /// Blocking writes, in slices, so that progress restarts the deadline.
  void send(ByteBuffer bytes) throws IOException {
    undelay();
    parks = true;
    int end = bytes.limit();
    while (bytes.position() < end) {
      due(house.now() + house.stall);
      bytes.limit(Math.min(end, bytes.position() + MOST_AT_ONCE));
      went(channel.write(bytes));
    }
    late = true;
  }

  @Override
  long send(FileChannel file, long offset, long length) throws IOException {
    flush();
    late = true;
    if (parks) {
      undelay();
      due(house.now() + house.stall);
      long count = went(file.transferTo(offset, Math.min(length, SLICE), channel));
      if (count > 0) {
        return count;
      }
    }
    // A virtual thread's transferTo does not park when the channel is full, it returns 0: an
    // ordinary write does, of a little, since the system wakes it when there is room for much. And
    // before the first ordinary operation of a virtual thread the descriptor is still in blocking
    // mode: a transferTo would hold the carrier, and closing the channel would not wake it.
    ByteBuffer some = ByteBuffer.allocate((int) Math.min(length, parks ? FRESH : LARGE));
    if (readFile(file, some, offset) <= 0) {
      return 0;
    }
    some.flip();
    int read = some.remaining();
    send(some);
    return read;
  }

  @Override
  @Nullable Outcome converse(Step.Converse step) {
    if (!Thread.currentThread().equals(owner)) {
      // The turn was taken elsewhere, while the thread reads: what it reads has to come to the
      // code.
      session = new PipeSession(this, step);
      return null;
    }
    ChannelStreams streams = new ChannelStreams(this);
    due(Session.NEVER);
    late = true;
    stint.begin(this);
    Outcome outcome =
        Calls.hold(
            step.conversation(),
            streams.input(),
            new BufferedOutputStream(streams.output(), 8 << 10));
    stint.end();
    return outcome;
  }

  @Override
  void forget() {
    super.forget();
    out = null;
  }
}
