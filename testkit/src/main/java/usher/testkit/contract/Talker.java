package usher.testkit.contract;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import usher.server.Address;

/// The client's end of a conversation in datagrams: calls the server's address, and goes on with
/// whoever answers first. Waits no longer than a trial may take.
public final class Talker implements AutoCloseable {
  private static final int ROOM = 1 << 16;

  private final DatagramSocket socket;
  private final InetSocketAddress server;
  private @Nullable InetSocketAddress partner;

  Talker(Address address) throws IOException {
    server = Caller.server(address);
    socket = Caller.socket(server);
  }

  /// Its own address.
  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /// The server's address that it has called.
  public InetSocketAddress server() {
    return server;
  }

  /// Who answered first.
  public InetSocketAddress partner() {
    InetSocketAddress known = partner;
    if (known == null) {
      throw new AssertionError("nobody has answered yet");
    }
    return known;
  }

  /// Begins anew: the next who answers is the partner.
  public void forget() {
    partner = null;
  }

  /// Sends a line to the server's address, as if nobody had answered.
  public void call(String line) throws IOException {
    send(server, bytes(line));
  }

  /// Sends a line to whoever answered first, or to the server's address if nobody has.
  public void send(String line) throws IOException {
    send(bytes(line));
  }

  /// The same with these bytes.
  public void send(byte[] bytes) throws IOException {
    InetSocketAddress known = partner;
    send(known == null ? server : known, bytes);
  }

  /// Sends bytes anywhere.
  public void send(InetSocketAddress where, byte[] bytes) throws IOException {
    socket.send(new DatagramPacket(bytes, bytes.length, where));
  }

  private static byte[] bytes(String line) {
    return (line + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The next datagram. Whoever sends the first one is the partner from then on; others are not
  /// heard.
  public byte[] take() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[ROOM], ROOM);
    do {
      packet.setLength(ROOM);
      socket.receive(packet);
      if (partner == null) {
        partner = (InetSocketAddress) packet.getSocketAddress();
      }
    } while (!packet.getSocketAddress().equals(partner));
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  /// The next datagram, a line.
  public String hear() throws IOException {
    String text = new String(take(), StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\n")) {
      throw new AssertionError("a datagram is no line: <" + text + ">");
    }
    return text.substring(0, text.length() - 1);
  }

  /// Sends a line and waits for the next one.
  public String ask(String line) throws IOException {
    send(line);
    return hear();
  }

  @Override
  public void close() {
    socket.close();
  }
}
