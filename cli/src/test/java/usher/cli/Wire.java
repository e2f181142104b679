package usher.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A client that says what it is told to, byte for byte.
final class Wire implements AutoCloseable {
  private static final int PATIENCE = 60_000;

  private final Socket socket;
  private final InputStream in;

  Wire(String port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    socket.setSoTimeout(PATIENCE);
    in = socket.getInputStream();
  }

  /// The whole answer to a request, the connection closed behind it.
  static String ask(String port, String method, String target, String... fields)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(method + " " + target + " HTTP/1.1");
    lines.add("Host: x");
    lines.add("Connection: close");
    lines.addAll(List.of(fields));
    lines.add("\r\n");
    try (Wire wire = new Wire(port)) {
      wire.send(String.join("\r\n", lines));
      return wire.rest();
    }
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Everything up to and with this text.
  String until(String end) throws IOException {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    while (!heard.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("the end came before \"" + end + "\": " + heard);
      }
      heard.write(next);
    }
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  /// Everything up to the end of the connection.
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
