package usher.server.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/// A datagram socket on a loop, bound but not connected: receives.
///
/// Everything is received into the loop's buffer. A receive that finds nothing costs a system call,
/// so how many are tried in a row follows how many were found before, up to a most number.
abstract sealed class Inlet extends Gate permits Receiver, Switchboard {
  static final int MOST = 64;

  /// After how many events with one datagram each a second one is looked for.
  private static final int PROBE = 16;

  final DatagramChannel channel;
  final InetSocketAddress local;
  final int longest;
  final ByteBuffer in;
  private final int most;
  private int budget = 1;
  private int lonely;

  /// @param longest how many bytes of a datagram are taken
  /// @param most how many datagrams are received before others on the loop have their turn
  Inlet(Loop loop, DatagramChannel channel, int longest, int most) throws IOException {
    super(loop, channel, SelectionKey.OP_READ);
    this.channel = channel;
    this.local = (InetSocketAddress) channel.getLocalAddress();
    this.longest = longest;
    this.in = loop.in.duplicate();
    this.most = most;
  }

  /// A datagram has come; it is in the buffer, ready to be read, and may be longer than is taken.
  abstract void arrived(InetSocketAddress from);

  @Override
  void ready() {
    int found = 0;
    try {
      while (found < budget && receive()) {
        found++;
      }
    } catch (ClosedChannelException end) {
      loop.unwatch(this);
    } catch (IOException thrown) {
      pause(thrown);
    }
    plan(found);
  }

  private void plan(int found) {
    if (found < budget) {
      budget = Math.max(1, found);
    } else if (budget > 1 || ++lonely == PROBE) {
      lonely = 0;
      budget = Math.min(most, budget * 2);
    }
  }

  private boolean receive() throws IOException {
    if (loop.house.permits.closed()) {
      // The server drains: what has not been received stays with the kernel.
      stop();
      return false;
    }
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
