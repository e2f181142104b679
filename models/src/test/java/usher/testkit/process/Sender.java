package usher.testkit.process;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import usher.server.Address;

/// A client that asks by datagrams.
final class Sender implements AutoCloseable {
  private final DatagramSocket socket;
  private final InetSocketAddress server;

  Sender(Address address) throws IOException {
    if (!(address instanceof Address.Udp udp)) {
      throw new IllegalArgumentException(address.toString());
    }
    InetSocketAddress bound = udp.socketAddress();
    server =
        bound.getAddress().isAnyLocalAddress()
            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), bound.getPort())
            : bound;
    socket = new DatagramSocket(0, server.getAddress());
    socket.setSoTimeout((int) Family.LONG.toMillis());
  }

  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    socket.send(new DatagramPacket(bytes, bytes.length, server));
  }

  /// The next answer; it must come from where the question went.
  String answer() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1 << 11], 1 << 11);
    socket.receive(packet);
    if (!packet.getSocketAddress().equals(server)) {
      throw new AssertionError("an answer from " + packet.getSocketAddress());
    }
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
  }

  String ask(String text) throws IOException {
    send(text);
    return answer();
  }

  /// The process that answers it.
  long process() throws IOException {
    return Long.parseLong(ask("pid"));
  }

  @Override
  public void close() {
    socket.close();
  }
}
