package usher.bench.measure;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// Keep-alive connections that each got one answer and then say nothing until they are closed.
///
/// They live in this process, one descriptor each: the process may open that many (`ulimit -n`).
/// Not for use by several threads.
public final class IdleConnections implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final List<Socket> sockets = new ArrayList<>();
  private final String path;

  private IdleConnections(String path) {
    this.path = path;
  }

  /// Opens `count` connections to that port of 127.0.0.1, one after the other, with one request
  /// each.
  ///
  /// @throws MeasurementException if one of them is refused or not answered with 200
  public static IdleConnections open(int port, String path, int count) throws MeasurementException {
    IdleConnections held = new IdleConnections(path);
    try {
      for (int i = 1; i <= count; i++) {
        held.add(port, i, count);
      }
      return held;
    } catch (MeasurementException e) {
      held.close();
      throw e;
    }
  }

  private void add(int port, int number, int count) throws MeasurementException {
    Socket socket = new Socket();
    sockets.add(socket);
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    } catch (IOException e) {
      throw new MeasurementException(
          "idle connection %d of %d: %s".formatted(number, count, e.getMessage()));
    }
    ask(socket, number);
  }

  /// Asks once more on each, to be sure that all of them are still there.
  ///
  /// @throws MeasurementException if one is not
  public void check() throws MeasurementException {
    for (int i = 0; i < sockets.size(); i++) {
      ask(sockets.get(i), i + 1);
    }
  }

  private void ask(Socket socket, int number) throws MeasurementException {
    String failure;
    try {
      socket.getOutputStream().write(Answer.request(path));
      Answer answer = Answer.read(new BufferedInputStream(socket.getInputStream(), 1024));
      if (answer.status() == 200) {
        return;
      }
      failure = "status " + answer.status() + ", " + answer.excerpt();
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    throw new MeasurementException(
        "idle connection %d of %d: %s".formatted(number, sockets.size(), failure));
  }

  @Override
  public void close() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        // Closing is all that is wanted, and the descriptor is gone either way.
      }
    }
    sockets.clear();
  }
}
