package usher.lab.experiment;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import usher.lab.load.LoadPlan;
import usher.lab.subject.ServerProcess;
import usher.server.Address;

/// Waits for the first byte of a server's first answer.
final class FirstAnswer {
  private static final double MILLION = 1e6;
  private static final int PATIENCE_MILLIS = 30_000;

  private FirstAnswer() {}

  /// How long a server took from nothing to its first answer.
  static double millis(ServerProcess server, LoadPlan.Shape shape, LoadPlan.Wire wire)
      throws IOException {
    await(server.address(), shape, wire);
    return (System.nanoTime() - server.started()) / MILLION;
  }

  private static void await(String address, LoadPlan.Shape shape, LoadPlan.Wire wire)
      throws IOException {
    if (!(Address.parse(address) instanceof Address.Tcp tcp)) {
      throw new IOException(address + " is no TCP address");
    }
    String said =
        wire == LoadPlan.Wire.LINE
            ? "hello\n"
            : "GET " + shape.path() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (var socket = new Socket(tcp.host(), tcp.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
      if (socket.getInputStream().read() < 0) {
        throw new IOException("the server answers nothing");
      }
    }
  }
}
