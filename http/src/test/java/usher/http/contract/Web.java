package usher.http.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import usher.testkit.contract.Client;
import usher.testkit.contract.Expect;
import usher.testkit.contract.Trial;

/// A client of a trial that speaks just enough HTTP/1.1 to ask and to read answers one by one.
final class Web implements AutoCloseable {
  private final Client client;

  Web(Client client) {
    this.client = client;
  }

  static Web of(Trial trial) throws IOException {
    return new Web(trial.client());
  }

  /// One answer.
  ///
  /// @param fields by their names in small letters; of repeated ones the last
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, Map<String, String> fields, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String field(String name) {
      return fields.getOrDefault(name, "");
    }

    boolean closes() {
      return field("connection").equals("close");
    }
  }

  /// The channel and the bytes below.
  Client client() {
    return client;
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: trial\r\n\r\n";
  }

  static String post(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: trial\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  Answer ask(String request) throws IOException {
    client.send(request);
    return answer();
  }

  /// Reads the answer to a request that is not `HEAD`.
  Answer answer() throws IOException {
    String status = line();
    Expect.that("a status line: " + status, status.matches("HTTP/1\\.1 \\d{3}( .*)?"));
    int code = Integer.parseInt(status.substring(9, 12));
    Map<String, String> fields = fields();
    byte[] body;
    if (code < 200 || code == 204 || code == 304) {
      body = new byte[0];
    } else if (fields.containsKey("content-length")) {
      body = client.take(Integer.parseInt(fields.get("content-length")));
    } else if (fields.getOrDefault("transfer-encoding", "").equals("chunked")) {
      body = chunks();
    } else {
      body = client.rest();
    }
    return new Answer(code, fields, body);
  }

  /// Reads the head of an answer that has no body, as to `HEAD`.
  Answer headOnly() throws IOException {
    String status = line();
    return new Answer(Integer.parseInt(status.substring(9, 12)), fields(), new byte[0]);
  }

  private Map<String, String> fields() throws IOException {
    Map<String, String> fields = new TreeMap<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      int colon = field.indexOf(':');
      Expect.atLeast("place of the colon in " + field, 1, colon);
      fields.put(
          field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
    }
    return fields;
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.writeBytes(client.take(size));
      Expect.equal("after a chunk", "", line());
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private String line() throws IOException {
    String line = client.line();
    Expect.that("a line ends with CR LF: " + line, line.endsWith("\r"));
    return line.substring(0, line.length() - 1);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
