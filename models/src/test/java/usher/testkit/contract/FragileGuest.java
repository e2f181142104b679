package usher.testkit.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import usher.server.Address;

/// A client that asks line by line and takes the end of its connection for an answer as well.
final class FragileGuest implements AutoCloseable {
  private static final int LONG_MILLIS = 60_000;
  private static final int SOON_MILLIS = 100;

  private final Socket socket;
  private final InputStream in;

  FragileGuest(Address.Tcp address) throws IOException {
    socket = new Socket(address.socketAddress().getAddress(), address.port());
    in = socket.getInputStream();
  }

  void send(String line) {
    try {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      // The answer will tell.
    }
  }

  String ask(String line) throws IOException {
    send(line);
    return answer();
  }

  /// The next line, or `-` at the end, orderly or not.
  String answer() throws IOException {
    socket.setSoTimeout(LONG_MILLIS);
    StringBuilder line = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next == '\n') {
          return line.toString();
        }
        line.append((char) next);
      }
    } catch (SocketTimeoutException late) {
      throw new AssertionError("no answer", late);
    } catch (IOException reset) {
      return "-";
    }
    return "-";
  }

  /// Whether anything comes within a short while.
  boolean answersSoon() throws IOException {
    socket.setSoTimeout(SOON_MILLIS);
    try {
      return in.read() >= -1;
    } catch (SocketTimeoutException nothing) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
