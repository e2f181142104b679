package usher.bench.measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Ports of 127.0.0.1 that nobody listens on, a new one each time: connections of an earlier server
/// that linger in the kernel then cannot get in the way of the next. They lie below those that the
/// kernel gives to outgoing connections.
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private int next = FIRST;

  /// From the first on.
  public Ports() {}

  /// The next one.
  ///
  /// @throws IOException if none is left
  public int next() throws IOException {
    while (next <= LAST) {
      int port = next++;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port from " + FIRST + " to " + LAST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
