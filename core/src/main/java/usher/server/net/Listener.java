package usher.server.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import usher.server.Address;

/// A bound listening socket and its real address.
///
/// A Unix socket leaves a file behind. One that nobody listens on any more is replaced; one that
/// answers, and anything that is no socket, is left alone. Ours is deleted at the end, unless the
/// socket was handed on.
public final class Listener implements Bound {
  private final ServerSocketChannel channel;
  private final Address address;
  private final SocketAddress local;
  private final @Nullable Path file;
  private volatile boolean handedOn;

  private Listener(
      ServerSocketChannel channel, Address address, SocketAddress local, @Nullable Path file) {
    this.channel = channel;
    this.address = address;
    this.local = local;
    this.file = file;
  }

  /// A socket that was bound elsewhere.
  public static Listener of(ServerSocketChannel channel) throws IOException {
    SocketAddress local = channel.getLocalAddress();
    Address address =
        switch (local) {
          case UnixDomainSocketAddress unix -> Address.unix(unix.getPath());
          case InetSocketAddress inet -> tcp(inet);
          case null -> throw new IOException("the listening socket is not bound");
          default -> Address.unix(Path.of(local.toString()));
        };
    return new Listener(channel, address, local, null);
  }

  /// A socket that another process has bound.
  ///
  /// @param local where, since the channel does not know
  public static Listener adopted(ServerSocketChannel channel, SocketAddress local) {
    return switch (local) {
      case UnixDomainSocketAddress unix ->
          new Listener(channel, Address.unix(unix.getPath()), local, unix.getPath());
      case InetSocketAddress inet -> new Listener(channel, tcp(inet), local, null);
      default -> throw new IllegalArgumentException(local.toString());
    };
  }

  static Listener bind(Address.Tcp tcp, int backlog) throws IOException {
    InetSocketAddress wanted = tcp.socketAddress();
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      // A restarted server must not wait for the old one's connections to be forgotten.
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(wanted, backlog);
      InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
      return new Listener(channel, Address.tcp(tcp.host(), local.getPort()), local, null);
    } catch (Throwable thrown) {
      channel.close();
      throw thrown;
    }
  }

  static Listener bind(Address.Unix unix, int backlog) throws IOException {
    Path path = unix.path();
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      removeStale(path);
      channel.bind(UnixDomainSocketAddress.of(path), backlog);
      return new Listener(channel, unix, channel.getLocalAddress(), path);
    } catch (Throwable thrown) {
      channel.close();
      throw thrown;
    }
  }

  private static void removeStale(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean socket =
        ((Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000)
            == 0140000;
    if (!socket) {
      throw new BindException("a file is there that is no socket");
    }
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException nobody) {
      Files.deleteIfExists(path);
      return;
    }
    throw new BindException("Address already in use");
  }

  private static Address tcp(InetSocketAddress inet) {
    InetAddress host = inet.getAddress();
    return Address.tcp(host.isAnyLocalAddress() ? "*" : host.getHostAddress(), inet.getPort());
  }

  /// The same, named as it was asked for.
  public Listener at(Address wanted) {
    Address named =
        switch (wanted) {
          case Address.Tcp tcp -> Address.tcp(tcp.host(), ((InetSocketAddress) local).getPort());
          default -> wanted;
        };
    return new Listener(channel, named, local, file);
  }

  /// From now on somebody else listens here as well: the file of a Unix socket is his.
  public void handOn() {
    handedOn = true;
  }

  /// The socket.
  public ServerSocketChannel channel() {
    return channel;
  }

  /// Where it is bound, as the system says it.
  public SocketAddress local() {
    return local;
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
      if (file != null && !handedOn) {
        Files.deleteIfExists(file);
      }
    } catch (IOException ignored) {
      // The socket is closed; a file that stays is replaced by the next server.
    }
  }
}
