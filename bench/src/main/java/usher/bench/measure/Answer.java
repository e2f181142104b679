package usher.bench.measure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One answer of a server, fetched over a connection of its own that is closed right after, so that
/// a server with a single seat is free again.
///
/// Small on purpose: it reads answers with a `Content-Length` only, as those of all workloads are.
public final class Answer {
  private static final int HEAD_LIMIT = 16 * 1024;
  private static final int EXCERPT = 200;

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /// @param headers by lower-case name
  /// @param body not copied
  public Answer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /// The status code.
  public int status() {
    return status;
  }

  /// The headers by lower-case name; of several with one name, the last.
  public Map<String, String> headers() {
    return headers;
  }

  /// The content, not copied.
  public byte[] body() {
    return body;
  }

  /// The first characters of the body, in one line, to explain a failure.
  public String excerpt() {
    String text = new String(body, StandardCharsets.ISO_8859_1).replaceAll("\\s+", " ");
    return text.substring(0, Math.min(text.length(), EXCERPT));
  }

  /// Sends a GET request for `path` to that port of 127.0.0.1 and reads the answer.
  ///
  /// @param timeoutMillis the longest time to wait for any single read
  /// @throws IOException if there is no connection, or no whole answer
  public static Answer fetch(int port, String path, int timeoutMillis) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(timeoutMillis);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeoutMillis);
      socket.getOutputStream().write(request(path));
      return read(socket.getInputStream());
    }
  }

  /// The bytes of a plain GET request as the load generator sends it, too.
  static byte[] request(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /// Reads one answer, and not a byte more.
  ///
  /// @throws IOException if the stream ends early or does not hold an answer with a length
  static Answer read(InputStream in) throws IOException {
    // Split behind every line, so two empty parts follow the last header.
    List<String> lines = List.of(head(in).split("\r\n", -1));
    List<String> first = List.of(lines.getFirst().split(" ", -1));
    if (first.size() < 2 || !first.getFirst().startsWith("HTTP/1.")) {
      throw new IOException("not an HTTP answer: " + lines.getFirst());
    }
    Map<String, String> headers = new HashMap<>();
    for (String line : lines.subList(1, lines.size() - 2)) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("not a header: " + line);
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    String length = headers.get("content-length");
    if (length == null) {
      throw new IOException("an answer without a Content-Length");
    }
    try {
      int size = Integer.parseInt(length);
      byte[] body = in.readNBytes(size);
      if (body.length < size) {
        throw new IOException("the answer ends after " + body.length + " of " + size + " bytes");
      }
      return new Answer(Integer.parseInt(first.get(1)), headers, body);
    } catch (NumberFormatException e) {
      throw new IOException("not a number in the answer: " + e.getMessage(), e);
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the connection ended before a whole answer");
      }
      bytes.write(b);
      if (bytes.size() > HEAD_LIMIT) {
        throw new IOException("the head of the answer is longer than " + HEAD_LIMIT + " bytes");
      }
      boolean expected = b == (matched % 2 == 0 ? '\r' : '\n');
      matched = expected ? matched + 1 : b == '\r' ? 1 : 0;
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }
}
