package usher.lab.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// The channel of a [StreamLink], one after the other, and what its selector watches it for.
final class Plug {
  private final int number;
  private final Gear gear;
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private int interest;

  /// How far a connection is.
  enum Reach {
    /// It is there.
    OPEN,
    /// It was there before, and has been used.
    KEPT,
    /// The selector will tell.
    COMING,
    /// The backlog of a Unix socket is full, and nothing will tell when it is not.
    FULL
  }

  /// @param number of the link, from 0
  Plug(int number, Gear gear) {
    this.number = number;
    this.gear = gear;
  }

  /// Opens a channel and connects it, or takes one that an earlier load has left.
  ///
  /// @param link attached to its key
  /// @throws IOException if that is refused
  /// @throws UncheckedIOException if there can be no channel at all
  Reach connect(Link link) throws IOException {
    SocketChannel kept = gear.kept();
    if (kept != null) {
      channel = kept;
      interest = SelectionKey.OP_READ;
      key = kept.register(gear.selector, interest, link);
      return Reach.KEPT;
    }
    SocketChannel fresh;
    try {
      fresh = gear.channel(number);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a socket: " + e.getMessage(), e);
    }
    channel = fresh;
    boolean done = fresh.connect(gear.target());
    if (!done && gear.unix()) {
      close();
      return Reach.FULL;
    }
    interest = done ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
    key = fresh.register(gear.selector, interest, link);
    return done ? Reach.OPEN : Reach.COMING;
  }

  /// Whether a connection that was coming is there now.
  boolean connected() throws IOException {
    SocketChannel mine = channel;
    return mine != null && mine.finishConnect();
  }

  /// A failure to connect, as the report calls it.
  static String kind(IOException e) {
    // Of a Unix socket whose file is not there, the exception is one of any socket.
    boolean refused = e instanceof ConnectException || !(e instanceof SocketException);
    return refused || String.valueOf(e.getMessage()).startsWith("No such file")
        ? "refused"
        : "cannot connect";
  }

  boolean there() {
    return channel != null;
  }

  void watch(boolean reading, boolean writing) {
    SelectionKey mine = key;
    int wanted = (reading ? SelectionKey.OP_READ : 0) | (writing ? SelectionKey.OP_WRITE : 0);
    if (mine != null && wanted != interest) {
      interest = wanted;
      mine.interestOps(wanted);
    }
  }

  boolean readable() {
    SelectionKey mine = key;
    return mine != null && mine.isValid() && mine.isReadable();
  }

  boolean writable() {
    SelectionKey mine = key;
    return mine != null && mine.isValid() && mine.isWritable();
  }

  int write(ByteBuffer bytes) throws IOException {
    return open().write(bytes);
  }

  int read(ByteBuffer bytes) throws IOException {
    return open().read(bytes);
  }

  private SocketChannel open() throws ClosedChannelException {
    SocketChannel mine = channel;
    if (mine == null) {
      throw new ClosedChannelException();
    }
    return mine;
  }

  /// Leaves the channel to a later load, where one may have a use for it.
  void leave() {
    SocketChannel mine = channel;
    SelectionKey its = key;
    if (mine != null && its != null && gear.keep(mine)) {
      its.cancel();
      channel = null;
      key = null;
    }
  }

  void close() {
    SocketChannel old = channel;
    channel = null;
    key = null;
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        // It is closed for us.
      }
    }
  }
}
