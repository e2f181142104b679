package usher.testkit.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/// What carries the bytes of a trial.
public enum Transport {
  /// TCP over the IPv4 loopback address.
  TCP4("tcp4"),
  /// TCP over the IPv6 loopback address.
  TCP6("tcp6"),
  /// A Unix stream socket in a folder of its own.
  UNIX("unix"),
  /// The network in memory of the test kit.
  MEMORY("memory"),
  /// Datagrams over the IPv4 loopback address.
  UDP4("udp4"),
  /// Datagrams over the IPv6 loopback address.
  UDP6("udp6");

  /// Those that carry streams of bytes.
  static final List<Transport> STREAMS = List.of(TCP4, TCP6, UNIX, MEMORY);

  /// Those that carry datagrams.
  static final List<Transport> DATAGRAMS = List.of(UDP4, UDP6);

  private final String label;

  Transport(String label) {
    this.label = label;
  }

  /// Its name in tests and tables.
  public String label() {
    return label;
  }

  /// Whether this machine has it.
  boolean present() {
    if (this != TCP6 && this != UDP6) {
      return true;
    }
    try {
      return NetworkInterface.getByInetAddress(InetAddress.ofLiteral("::1")) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  /// A place for one trial's servers.
  Site open() throws IOException {
    return switch (this) {
      case TCP4 -> new TcpSite("127.0.0.1");
      case TCP6 -> new TcpSite("::1");
      case UNIX -> new UnixSite();
      case MEMORY -> new MemorySite();
      case UDP4 -> new UdpSite("127.0.0.1");
      case UDP6 -> new UdpSite("::1");
    };
  }

  boolean hasNoFile() {
    return this != UNIX;
  }
}
