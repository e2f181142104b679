package usher.server.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Finds the descriptor of a socket, which Java does not tell: the one of this process that is of
/// the channel's type and bound to its address. Connections of that address have a peer's as well,
/// but there are none yet when a server starts.
final class Sockets {
  private static final short AF_UNIX = 1;
  private static final short AF_INET = 2;
  private static final short AF_INET6 = 10;
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;

  private Sockets() {}

  static int descriptor(Native library, NetworkChannel channel) throws IOException {
    SocketAddress wanted = channel.getLocalAddress();
    // A TCP and a UDP socket may have the same address and port.
    int type = channel instanceof DatagramChannel ? SOCK_DGRAM : SOCK_STREAM;
    for (int descriptor : open()) {
      if (is(library.address(descriptor), wanted) && library.type(descriptor) == type) {
        return descriptor;
      }
    }
    throw new IOException(wanted + ": no socket of the system, so no child can be given it");
  }

  private static List<Integer> open() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(path -> Integer.valueOf(path.getFileName().toString())).sorted().toList();
    }
  }

  /// Whether the kernel's address is this one. The family is in the machine's order, the port in
  /// the network's.
  static boolean is(byte[] address, SocketAddress wanted) throws IOException {
    if (address.length < 2) {
      return false;
    }
    short family = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getShort();
    return switch (wanted) {
      case UnixDomainSocketAddress unix ->
          family == AF_UNIX && path(address).equals(unix.toString());
      case InetSocketAddress inet when family == AF_INET && address.length >= 8 ->
          inet.equals(inet(address, Arrays.copyOfRange(address, 4, 8)));
      case InetSocketAddress inet when family == AF_INET6 && address.length >= 24 -> {
        InetSocketAddress found = inet(address, Arrays.copyOfRange(address, 8, 24));
        yield found.equals(inet)
            || (found.getPort() == inet.getPort()
                && found.getAddress().isAnyLocalAddress()
                && inet.getAddress().isAnyLocalAddress());
      }
      default -> false;
    };
  }

  private static InetSocketAddress inet(byte[] address, byte[] host) throws IOException {
    int port = (address[2] & 0xff) << 8 | (address[3] & 0xff);
    return new InetSocketAddress(InetAddress.getByAddress(host), port);
  }

  private static String path(byte[] address) {
    int end = 2;
    while (end < address.length && address[end] != 0) {
      end++;
    }
    return new String(
        address, 2, end - 2, Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
  }
}
