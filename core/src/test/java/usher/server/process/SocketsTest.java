package usher.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SocketsTest {
  private final Native library = new Native();

  @Test
  void listening_sockets_are_found_among_others(@TempDir Path folder) throws IOException {
    try (ServerSocketChannel any = ServerSocketChannel.open().bind(null);
        ServerSocketChannel four = bound("127.0.0.1");
        ServerSocketChannel six = bound("::1");
        ServerSocketChannel plain =
            ServerSocketChannel.open(StandardProtocolFamily.INET)
                .bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        ServerSocketChannel unix =
            ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("ä")))) {
      List<Integer> found =
          List.of(
              Sockets.descriptor(library, any.getLocalAddress()),
              Sockets.descriptor(library, four.getLocalAddress()),
              Sockets.descriptor(library, six.getLocalAddress()),
              Sockets.descriptor(library, plain.getLocalAddress()),
              Sockets.descriptor(library, unix.getLocalAddress()));
      assertThat(found).doesNotHaveDuplicates();
      for (int descriptor : found) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        assertThat(Files.readSymbolicLink(link).toString()).startsWith("socket:");
      }
    }
  }

  private int receiving(DatagramChannel channel) throws IOException {
    return Sockets.descriptor(library, new Heirloom(channel.getLocalAddress(), false));
  }

  @Test
  void a_socket_of_datagrams_is_told_from_a_listening_one_at_the_same_port() throws IOException {
    try (ServerSocketChannel streams = bound("127.0.0.1");
        DatagramChannel datagrams = DatagramChannel.open().bind(streams.getLocalAddress());
        DatagramChannel other = DatagramChannel.open().bind(null)) {
      int stream = Sockets.descriptor(library, streams.getLocalAddress());
      int datagram = receiving(datagrams);
      assertThat(List.of(stream, datagram, receiving(other))).doesNotHaveDuplicates();
      assertThat(library.type(stream)).isEqualTo(1);
      assertThat(library.type(datagram)).isEqualTo(2);
    }
  }

  @Test
  void a_channel_without_a_socket_is_refused() throws IOException {
    ServerSocketChannel closed = bound("127.0.0.1");
    InetSocketAddress address = (InetSocketAddress) closed.getLocalAddress();
    closed.close();
    byte[] other = {2, 0, 0, 1, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(Sockets.is(other, address)).isFalse();
    assertThatThrownBy(() -> Sockets.descriptor(library, address)).isInstanceOf(IOException.class);
  }

  private static ServerSocketChannel bound(String host) throws IOException {
    return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
  }
}
