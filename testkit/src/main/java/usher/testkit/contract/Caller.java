package usher.testkit.contract;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import usher.server.Address;

/// The client's end of a trial with datagrams: hears one server only, and waits no longer than a
/// trial may take. Its socket is not connected, since the JDK sends no empty datagram by one that
/// is.
public final class Caller implements AutoCloseable {
  private static final int ROOM = 1 << 16;

  private final DatagramSocket socket;
  private final InetSocketAddress server;

  Caller(Address address) throws IOException {
    server = server(address);
    socket = socket(server);
  }

  /// Where a server of datagrams is.
  static InetSocketAddress server(Address address) throws IOException {
    if (!(address instanceof Address.Udp udp)) {
      throw new AssertionError("no UDP address: " + address);
    }
    return udp.socketAddress();
  }

  /// A socket for a client of this server: at the very address that it calls, so that a test may
  /// tell who it is.
  static DatagramSocket socket(InetSocketAddress server) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, server.getAddress());
    socket.setSendBufferSize(2 * ROOM);
    socket.setReceiveBufferSize(2 * ROOM);
    socket.setSoTimeout((int) Trial.LONG.toMillis());
    return socket;
  }

  /// Its own address.
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /// Sends a datagram.
  public void send(byte[] bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, server));
  }

  /// Sends a text as a datagram.
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// The next datagram.
  public byte[] take() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[ROOM], ROOM);
    do {
      packet.setLength(ROOM);
      socket.receive(packet);
    } while (!packet.getSocketAddress().equals(server));
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  /// The next datagram, as a text.
  public String hear() throws IOException {
    return new String(take(), StandardCharsets.ISO_8859_1);
  }

  /// Sends a text and waits for the next datagram.
  public String ask(String text) throws IOException {
    send(text);
    return hear();
  }

  @Override
  public void close() {
    socket.close();
  }
}
