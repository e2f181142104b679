package usher.bench.peers;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import java.time.Duration;

/// Helidon, which serves on virtual threads: `PORT`.
public final class HelidonPeer {
  private HelidonPeer() {}

  public static void main(String[] arguments) {
    byte[] body = Hello.bytes();
    WebServer.builder()
        .host("127.0.0.1")
        .port(Hello.port(arguments))
        .backlog(Hello.BACKLOG)
        .idleConnectionTimeout(Duration.ofHours(1))
        .routing(
            routing ->
                routing.any(
                    (request, response) ->
                        response.header(HeaderNames.CONTENT_TYPE, Hello.TYPE).send(body)))
        .build()
        .start();
  }
}
