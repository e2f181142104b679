package usher.server.driver;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.function.Consumer;
import usher.server.DatagramHandler;
import usher.server.Probe.Drop;
import usher.session.Peer;

/// A datagram socket, and who handles what comes there.
///
/// @param local where it is bound
public record Post(
    House house, DatagramChannel channel, DatagramHandler handler, InetSocketAddress local) {
  /// What comes to this socket is handled so.
  public static Post of(House house, DatagramChannel channel, DatagramHandler handler)
      throws IOException {
    return new Post(house, channel, handler, (InetSocketAddress) channel.getLocalAddress());
  }

  /// Waits for one datagram, handles it on this thread, and receives no other: for a process that
  /// does nothing else. Those that are too long are dropped meanwhile. The channel blocks.
  ///
  /// @param taken told whose it is, before it is handled
  /// @throws java.nio.channels.ClosedChannelException if the channel is closed first
  public void serveOne(Consumer<Peer> taken) throws IOException {
    ByteBuffer in = ByteBuffer.allocate(handler.longest() + 1);
    while (true) {
      InetSocketAddress from = (InetSocketAddress) channel.receive(in.clear());
      Packet packet = new Packet(this, in.flip(), from);
      if (in.remaining() > handler.longest()) {
        house.drop(packet, Drop.TOO_LONG);
      } else if (house.permits.enter()) {
        taken.accept(packet);
        packet.runOnThread();
        return;
      } else {
        house.drop(packet, Drop.NO_SEAT);
        return;
      }
    }
  }
}
