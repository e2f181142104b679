package usher.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import usher.server.Address;

/// A client that asks line by line.
final class Guest implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader answers;

  Guest(Address address) throws IOException {
    SocketAddress where =
        switch (address) {
          case Address.Tcp tcp -> tcp.socketAddress();
          case Address.Udp udp -> throw new IllegalArgumentException(udp.toString());
          case Address.Unix unix -> UnixDomainSocketAddress.of(unix.path());
        };
    channel = SocketChannel.open(where);
    answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
  }

  void send(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /// The next answer, or `-` at the end of the connection, orderly or not.
  String answer() {
    try {
      String line = answers.readLine();
      return line == null ? "-" : line;
    } catch (IOException reset) {
      return "-";
    }
  }

  String ask(String line) throws IOException {
    send(line);
    return answer();
  }

  /// The process that serves it.
  long process() throws IOException {
    return Long.parseLong(ask("pid"));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
