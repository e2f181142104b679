package usher.files.http.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import usher.testkit.contract.Client;
import usher.testkit.contract.Expect;
import usher.testkit.contract.Trial;

/// A client of a trial that asks by HTTP, for answers whose length is told.
record Asking(Client client) implements AutoCloseable {
  static Asking of(Trial trial) throws IOException {
    return new Asking(trial.client());
  }

  /// One answer.
  ///
  /// @param fields by their names in small letters
  record Answer(int status, Map<String, String> fields, String body) {
    String field(String name) {
      return fields.getOrDefault(name, "");
    }
  }

  /// @param line method and target
  /// @param body sent where there is one
  Answer ask(String line, String body, String... fields) throws IOException {
    StringBuilder request = new StringBuilder(line).append(" HTTP/1.1\r\nHost: trial\r\n");
    for (String field : fields) {
      request.append(field).append("\r\n");
    }
    if (!body.isEmpty()) {
      request.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    client.send(request.append("\r\n").append(body).toString());
    String status = line();
    int code = Integer.parseInt(status.substring(9, 12));
    Map<String, String> told = new TreeMap<>();
    for (String field = line(); !field.isEmpty(); field = line()) {
      int colon = field.indexOf(':');
      told.put(
          field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
    }
    boolean bare = code == 204 || code == 304 || line.startsWith("HEAD ");
    int length = bare ? 0 : Integer.parseInt(told.getOrDefault("content-length", "0"));
    return new Answer(code, told, new String(client.take(length), StandardCharsets.UTF_8));
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
