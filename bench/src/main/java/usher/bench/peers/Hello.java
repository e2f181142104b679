package usher.bench.peers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// What every peer answers, and where.
final class Hello {
  static final String TEXT = "Hello, World!";
  static final String TYPE = "text/plain";

  /// The path whose handler is declared blocking, for the peers that tell the two apart.
  static final String BLOCKING = "/hello-blocking";

  /// Connections that may wait to be accepted.
  static final int BACKLOG = 4096;

  private Hello() {}

  static byte[] bytes() {
    return TEXT.getBytes(StandardCharsets.US_ASCII);
  }

  static int port(String[] arguments) {
    return Integer.parseInt(arguments[0]);
  }

  static InetSocketAddress address(String[] arguments) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port(arguments));
  }
}
