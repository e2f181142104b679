package usher.server.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;
import usher.server.Address;
import usher.session.Peer;
import usher.session.Step;

/// The channel's half of a connection: how bytes leave, the socket's options, and the two ends as
/// text. Knows nothing of sessions.
///
/// The channel itself is known to the four ends of this tree only, one for each driver and
/// carriage, so that each calls its own kind of channel without asking which it is. Parts of files
/// and small segments are of interest to streams alone.
abstract sealed class Wire extends Alarm implements Peer permits Workplace {
  /// Bytes of a file, or of one large write, before others get their turn.
  static final int SLICE = 1 << 20;

  /// Whether the kernel may hold back small segments here: TCP does, Unix sockets do not.
  private final boolean delayable;

  /// How much of the file in hand has been sent.
  private long sent;

  private boolean flushed;
  private boolean undelayed;

  /// For whoever asks from outside. Written by the owner alone, and never waited for.
  private long bytesIn;

  private long bytesOut;

  Wire(boolean delayable) {
    this.delayable = delayable;
  }

  /// The channel. Known before anything else of this is.
  abstract NetworkChannel channel();

  /// Who is at the other end.
  abstract @Nullable SocketAddress peer() throws IOException;

  /// Shuts our side.
  abstract void shutdownOutput() throws IOException;

  /// Whether the peer may still be sending when we have said our last: then a close has to linger.
  abstract boolean lingers();

  /// So many bytes came.
  final void came(long count) {
    bytesIn += count;
  }

  /// The system has taken so many bytes.
  final long went(long count) {
    bytesOut += count;
    return count;
  }

  final long bytesIn() {
    return bytesIn;
  }

  final long bytesOut() {
    return bytesOut;
  }

  /// Tells whoever watches that this is due earlier than it rings.
  abstract void ringEarlier();

  /// Sets when this is due.
  final void due(long deadline) {
    if (deadline != due) {
      due = deadline;
      if (deadline < ring) {
        ringEarlier();
      }
    }
  }

  /// Takes bytes for sending. False if the channel is full and some are left in the buffer.
  abstract boolean write(ByteBuffer bytes) throws IOException;

  /// Sends all that [#write] has taken. False if some is still here.
  abstract boolean flush() throws IOException;

  /// Sends a part of a file, at most about [#SLICE]: how much, 0 if the channel is full.
  abstract long send(FileChannel file, long offset, long length) throws IOException;

  /// Whether this connection has its thread to itself, so that it takes no turn from others.
  abstract boolean alone();

  /// Sends the part of a file, or goes on with it. False if there is more to send: the channel is
  /// full, or others are to have their turn.
  final boolean sendFile(Step.SendFile part) throws IOException {
    while (sent < part.length()) {
      long count = sendSome(part);
      if (count == 0) {
        // Zero means "full" as well as "nothing there": only the size of the file tells.
        if (part.file().size() <= part.offset() + sent) {
          throw new FileShrank(part.length() - sent);
        }
        return false;
      }
      sent += count;
      if (sent < part.length() && !alone()) {
        flush();
        return false;
      }
    }
    sent = 0;
    return true;
  }

  private long sendSome(Step.SendFile part) throws IOException {
    try {
      return send(part.file(), part.offset() + sent, part.length() - sent);
    } catch (IOException thrown) {
      if (part.file().isOpen()) {
        throw thrown;
      }
      throw new UncheckedIOException("a file was closed before it was sent", thrown);
    }
  }

  /// Reads a file. What goes wrong with it is not the peer's doing, so it is no [IOException] here.
  static int readFile(FileChannel file, ByteBuffer into, long offset) {
    try {
      return file.read(into, offset);
    } catch (IOException thrown) {
      throw new UncheckedIOException("a file cannot be read", thrown);
    }
  }

  /// From the second flush on, a small segment must not wait for the peer's acknowledgement
  /// (Nagle's algorithm). The first one never waits, so connections with one answer save the call.
  final void undelay() throws IOException {
    if (!delayable) {
      return;
    }
    if (!flushed) {
      flushed = true;
    } else if (!undelayed) {
      undelayed = true;
      NetworkChannel _ = channel().setOption(StandardSocketOptions.TCP_NODELAY, true);
    }
  }

  /// Closes the channel. A connection that ends in disorder is reset, so that its peer does not
  /// take a part for the whole.
  final void close(boolean orderly) {
    NetworkChannel channel = channel();
    try {
      if (!orderly
          && channel.isOpen()
          && channel.supportedOptions().contains(StandardSocketOptions.SO_LINGER)) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      channel.close();
    } catch (IOException ignored) {
      // Closing is all that was wanted, and a channel that fails to close is closed.
    }
  }

  @Override
  public final String remote() {
    try {
      return text(peer());
    } catch (IOException gone) {
      return "gone";
    }
  }

  @Override
  public final String host() {
    try {
      SocketAddress address = peer();
      return address instanceof InetSocketAddress inet
          ? inet.getAddress().getHostAddress()
          : text(address);
    } catch (IOException gone) {
      return "gone";
    }
  }

  @Override
  public final String local() {
    try {
      return text(channel().getLocalAddress());
    } catch (IOException gone) {
      return "gone";
    }
  }

  private static String text(@Nullable SocketAddress address) {
    return switch (address) {
      case null -> "gone";
      case InetSocketAddress inet -> Address.hostAndPort(inet);
      case UnixDomainSocketAddress unix -> "unix:" + unix;
      default -> address.toString();
    };
  }
}
