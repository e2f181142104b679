package usher.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Where a server listens, as text and back: `tcp:8080`, `tcp:127.0.0.1:8080`, `tcp:[::1]:8080`,
/// `tcp:*:8080`, `unix:/run/x.sock`, and the same as for TCP with `udp:`.
///
/// A port alone means the loopback address: who wants to be reached from outside says so, with `*`
/// for all addresses of the machine, IPv4 and IPv6. Port 0 asks the system for a free one.
public sealed interface Address {
  /// A TCP address.
  ///
  /// @param host a name or number, `*` for all addresses
  record Tcp(String host, int port) implements Address {
    public Tcp {
      check("tcp", host, port);
    }

    /// This address for a socket.
    public InetSocketAddress socketAddress() throws UnknownHostException {
      return resolve(host, port);
    }

    @Override
    public String toString() {
      return text("tcp", host, port);
    }
  }

  /// A Unix stream socket.
  record Unix(Path path) implements Address {
    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /// A UDP address. A multicast group is joined: `udp:239.1.2.3:5000`, and on which network
  /// interface stands behind a percent sign, as in `udp:239.1.2.3%eth0:5000` and
  /// `udp:[ff02::114%eth0]:5000`; without it on the first one that takes multicast.
  ///
  /// @param host a name or number, `*` for all addresses, or a group and perhaps an interface
  record Udp(String host, int port) implements Address {
    public Udp {
      check("udp", host, port);
    }

    /// This address for a socket.
    public InetSocketAddress socketAddress() throws UnknownHostException {
      // The JDK knows the interface of an IPv6 address; an IPv4 address has none of its own.
      int percent = host.contains(":") ? -1 : host.indexOf('%');
      return resolve(percent < 0 ? host : host.substring(0, percent), port);
    }

    /// The name of the interface, if there is one in the address.
    public Optional<String> networkInterface() {
      int percent = host.indexOf('%');
      return percent < 0 ? Optional.empty() : Optional.of(host.substring(percent + 1));
    }

    @Override
    public String toString() {
      return text("udp", host, port);
    }
  }

  /// A TCP port on the loopback address.
  static Address tcp(int port) {
    return new Tcp("127.0.0.1", port);
  }

  /// A TCP port on one address of the machine.
  static Address tcp(String host, int port) {
    return new Tcp(host, port);
  }

  /// A UDP port on the loopback address.
  static Address udp(int port) {
    return new Udp("127.0.0.1", port);
  }

  /// A UDP port on one address of the machine, or of a multicast group.
  static Address udp(String host, int port) {
    return new Udp(host, port);
  }

  /// A Unix stream socket at a path.
  static Address unix(Path path) {
    return new Unix(path);
  }

  /// Reads an address.
  ///
  /// @throws IllegalArgumentException with a sentence for a person if the text is none
  static Address parse(String text) {
    if (text.startsWith("unix:")) {
      return unix(text.substring(5));
    }
    boolean udp = text.startsWith("udp:");
    String rest = udp || text.startsWith("tcp:") ? text.substring(4) : text;
    int colon = rest.lastIndexOf(':');
    if (rest.startsWith("[") ? rest.indexOf(']') != colon - 1 : colon != rest.indexOf(':')) {
      throw malformed(text);
    }
    String host = colon < 0 ? "127.0.0.1" : rest.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    String port = rest.substring(colon + 1);
    if (port.isEmpty() || port.length() > 5 || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw malformed(text);
    }
    int number = Integer.parseInt(port);
    return udp ? new Udp(host, number) : new Tcp(host, number);
  }

  private static void check(String kind, String host, int port) {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("an address needs a host: " + kind + ":HOST:PORT");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + port);
    }
  }

  private static InetSocketAddress resolve(String host, int port) throws UnknownHostException {
    return host.equals("*")
        ? new InetSocketAddress(port)
        : new InetSocketAddress(InetAddress.getByName(host), port);
  }

  private static String text(String kind, String host, int port) {
    return kind + ":" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  private static Address unix(String path) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a Unix socket needs a path: unix:/run/x.sock");
    }
    try {
      return new Unix(Path.of(path));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("no path of a Unix socket: " + path, e);
    }
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "no address: "
            + text
            + "; say tcp:PORT, tcp:HOST:PORT, tcp:[IPV6]:PORT, the same with udp, or unix:PATH");
  }

  /// Host and port as they stand in a URL: IPv6 in brackets.
  static String hostAndPort(InetSocketAddress address) {
    InetAddress inet = address.getAddress();
    String host = inet == null ? address.getHostString() : inet.getHostAddress();
    return (inet instanceof Inet6Address ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
