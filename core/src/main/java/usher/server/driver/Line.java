package usher.server.driver;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;
import usher.server.Probe.Drop;
import usher.session.Protocol;
import usher.session.ProtocolException;

/// A conversation with the sender of a datagram: made by the [Switchboard] with that datagram,
/// given a channel of its own when its turn comes, and forgotten there at its end. It has taken a
/// seat.
///
/// Its parts belong to the connection's owner, but for [#hangUp], which is thread-safe.
public final class Line implements Sender {
  /// What UDP over IPv4 carries at most: 65,535 bytes with both headers.
  private static final int MOST_4 = 65_507;

  /// The same over IPv6, whose header is not counted.
  private static final int MOST_6 = 65_527;

  private final Switchboard board;
  private final InetSocketAddress from;
  private final ByteBuffer first;
  private @Nullable DatagramChannel channel;

  Line(Switchboard board, InetSocketAddress from, ByteBuffer first) {
    this.board = board;
    this.from = from;
    this.first = first;
  }

  Protocol protocol() {
    return board.protocol;
  }

  /// The datagram that opened it.
  ByteBuffer first() {
    return first;
  }

  // ---- begin and end

  /// Opens the channel: on the address that was called, on a fresh port, and connected, so that it
  /// hears nobody else. Null if there is none to be had: then everything has been told and given
  /// back.
  @Nullable DatagramChannel open() {
    House house = board.loop.house;
    try {
      DatagramChannel made = DatagramChannel.open(family(from.getAddress()));
      channel = made;
      InetAddress called = board.local.getAddress();
      // Without an address to be called from, the kernel takes one by the way to the sender.
      boolean none = called.isAnyLocalAddress() || called.isMulticastAddress();
      DatagramChannel _ = made.bind(none ? null : new InetSocketAddress(called, 0));
    } catch (IOException thrown) {
      house.probe.acceptFailed(thrown);
      fail();
      return null;
    }
    try {
      return channel.connect(from);
    } catch (IOException | RuntimeException nowhere) {
      // Anybody can write any address there, also one to which nothing can be sent.
      fail();
      return null;
    }
  }

  private static ProtocolFamily family(InetAddress address) {
    return address instanceof Inet4Address
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }

  private void fail() {
    turnAway();
    board.loop.house.drop(this, Drop.NO_CONVERSATION);
  }

  /// Gives everything back; no session could be opened.
  void turnAway() {
    DatagramChannel made = channel;
    if (made != null) {
      try {
        made.close();
      } catch (IOException ignored) {
        // Closing is all that was wanted.
      }
    }
    hangUp();
    board.loop.house.permits.give();
  }

  /// The conversation is over: the next datagram of this sender begins another one.
  void hangUp() {
    board.forget(from, this);
  }

  // ---- datagrams of the conversation

  /// Room for the longest datagram that is taken, and for one byte that tells a longer one.
  int room() {
    return board.longest + 1;
  }

  /// Whether this datagram, in a buffer of [#room], is for the session. An empty one says nothing,
  /// and cannot be told from none.
  boolean takes(ByteBuffer datagram) {
    if (datagram.remaining() > board.longest) {
      board.loop.house.drop(this, Drop.TOO_LONG);
      return false;
    }
    return datagram.hasRemaining();
  }

  /// Sends one datagram. False if the system has no room for it just now.
  boolean send(DatagramChannel made, ByteBuffer bytes) throws IOException {
    int most = from.getAddress() instanceof Inet4Address ? MOST_4 : MOST_6;
    if (bytes.remaining() > most) {
      throw ProtocolException.ours(
          "a session wrote "
              + bytes.remaining()
              + " bytes, and a datagram has "
              + most
              + " at most");
    }
    return made.write(bytes) > 0;
  }

  static ProtocolException needsStream(String what) {
    return ProtocolException.ours("a session of datagrams needs a stream " + what);
  }

  // ---- who calls

  @Override
  public InetSocketAddress from() {
    return from;
  }

  @Override
  public InetSocketAddress to() {
    return board.local;
  }
}
