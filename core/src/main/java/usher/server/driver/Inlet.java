package usher.server.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// A datagram socket on a loop, bound but not connected: receives into the loop's buffer.
abstract sealed class Inlet extends Gate permits Receiver, Switchboard {
  static final int MOST = 64;

  final DatagramChannel channel;
  final InetSocketAddress local;
  final int longest;
  final ByteBuffer in;
  private final @Nullable Chair chair;

  /// @param longest how many bytes of a datagram are taken
  /// @param most how many datagrams are received before others on the loop have their turn
  /// @param chair that is taken for each datagram, until it has arrived
  Inlet(Loop loop, DatagramChannel channel, int longest, int most, @Nullable Chair chair)
      throws IOException {
    super(loop, channel, SelectionKey.OP_READ, most);
    this.channel = channel;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.longest = longest;
    this.in = loop.in.duplicate();
    this.chair = chair;
  }

  /// A datagram has come; it is in the buffer, ready to be read, and may be longer than is taken.
  abstract void arrived(InetSocketAddress from);

  @Override
  final boolean take() throws IOException {
    if (loop.house.permits.closed()) {
      // The server drains, or another model receives from now on: what has not been received stays
      // with the kernel.
      stop();
      return false;
    }
    if (!sits(chair)) {
      return false;
    }
    try {
      return receive();
    } finally {
      rise(chair);
    }
  }

  private boolean receive() throws IOException {
    // One byte more than is taken tells what is too long from what just fits.
    in.clear().limit(longest + 1).order(ByteOrder.BIG_ENDIAN);
    InetSocketAddress from = (InetSocketAddress) channel.receive(in);
    if (from == null) {
      return false;
    }
    in.flip();
    arrived(from);
    return true;
  }
}
