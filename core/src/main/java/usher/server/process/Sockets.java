package usher.server.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import usher.server.net.Listener;

/// Listening sockets as descriptors, and back.
///
/// Finds the descriptor of a socket, which Java does not tell: the one of this process that listens
/// at the channel's address, or receives datagrams there.
public final class Sockets {
  private static final short AF_UNIX = 1;
  private static final short AF_INET = 2;
  private static final short AF_INET6 = 10;

  private static final int SOCK_DGRAM = 2;

  private Sockets() {}

  /// A listening socket that this process was given by number. Its descriptor is closed.
  ///
  /// Java takes over no descriptor but 0, and that one once. So a socket is made and bound for
  /// nothing, and its descriptor is then made to mean the other one.
  public static Listener adopt(int descriptor) throws IOException {
    Native library = new Native();
    if (!library.listens(descriptor)) {
      throw new IOException("descriptor " + descriptor + " was to be a socket that listens");
    }
    SocketAddress real = decode(library.address(descriptor));
    ServerSocketChannel shell = shell(real);
    try {
      SocketAddress passing = shell.getLocalAddress();
      library.move(descriptor, descriptor(library, passing));
      if (passing instanceof UnixDomainSocketAddress unix) {
        Files.delete(unix.getPath());
      }
      return Listener.adopted(shell, real);
    } catch (Throwable thrown) {
      shell.close();
      throw thrown;
    }
  }

  private static ServerSocketChannel shell(SocketAddress real) throws IOException {
    if (real instanceof UnixDomainSocketAddress) {
      return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(null);
    }
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static SocketAddress decode(byte[] address) throws IOException {
    return switch (family(address)) {
      case AF_UNIX -> UnixDomainSocketAddress.of(path(address));
      case AF_INET -> inet(address, Arrays.copyOfRange(address, 4, 8));
      case AF_INET6 -> inet(address, Arrays.copyOfRange(address, 8, 24));
      default -> throw new IOException("neither a TCP nor a Unix socket");
    };
  }

  private static short family(byte[] address) {
    return address.length < 2
        ? 0
        : ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getShort();
  }

  /// The one that listens there.
  static int descriptor(Native library, SocketAddress wanted) throws IOException {
    return descriptor(library, new Heirloom(wanted, true));
  }

  static int descriptor(Native library, Heirloom wanted) throws IOException {
    for (int descriptor : open()) {
      boolean kind =
          wanted.listens() ? library.listens(descriptor) : library.type(descriptor) == SOCK_DGRAM;
      if (kind && is(library.address(descriptor), wanted.local())) {
        return descriptor;
      }
    }
    throw new IOException(
        wanted.local() + ": no socket of the system, so no child can be given it");
  }

  private static List<Integer> open() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.map(path -> Integer.valueOf(path.getFileName().toString())).sorted().toList();
    }
  }

  /// Whether the kernel's address is this one. The family is in the machine's order, the port in
  /// the network's.
  static boolean is(byte[] address, SocketAddress wanted) throws IOException {
    short family = family(address);
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
