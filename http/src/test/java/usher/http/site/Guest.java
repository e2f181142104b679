package usher.http.site;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.session.Step;
import usher.testkit.drive.Rehearsal;

/// A client of a site, over the whole of HTTP but the socket.
final class Guest {
  final List<Throwable> failures = new ArrayList<>();
  private final HttpHandler site;

  Guest(HttpHandler site) {
    this.site = site;
  }

  /// A `GET`.
  Reply get(String target, String... headers) {
    return ask("GET", target, headers);
  }

  /// A request with these headers, names and values in turn.
  Reply ask(String method, String target, String... headers) {
    var request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: here\r\n");
    for (int i = 0; i < headers.length; i += 2) {
      request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
    }
    try (var rehearsal = Rehearsal.of(protocol())) {
      rehearsal.send(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      return Reply.parse(rehearsal.output(), method.equals("HEAD"));
    }
  }

  HttpProtocol protocol() {
    return HttpProtocol.of(site).withFailures((request, thrown) -> failures.add(thrown));
  }

  /// How a handler would run the request.
  Step.Kind kind(String target, String... headers) {
    return site.route(usher.http.HttpRequest.of("GET", target, headers)).handler().kind();
  }
}
