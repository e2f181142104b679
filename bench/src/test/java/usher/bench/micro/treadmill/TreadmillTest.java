package usher.bench.micro.treadmill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpResponse;
import usher.server.Model;
import usher.server.Server;
import usher.service.Echo;
import usher.session.Protocol;

class TreadmillTest {
  @Test
  void every_turn_is_one_request_and_its_answer() throws Exception {
    Treadmill treadmill = new Treadmill("12345".getBytes(StandardCharsets.US_ASCII));
    try (Server _ = serve(treadmill, new Echo())) {
      assertThat(treadmill.turns(7)).isEqualTo(7 * 5);
      assertThat(treadmill.turns(1)).isEqualTo(5);
      assertThat(treadmill.last()).isEqualTo("12345");
    }
  }

  @Test
  void pipelined_requests_are_answered_in_one_turn() throws Exception {
    String request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    Treadmill treadmill = new Treadmill(request.repeat(3).getBytes(StandardCharsets.US_ASCII));
    HttpResponse response = HttpResponse.text("Hello");
    try (Server _ = serve(treadmill, HttpProtocol.of(HttpHandler.inline(_ -> response)))) {
      treadmill.turns(1);
      assertThat(treadmill.last().split("HTTP/1.1 200 OK\r\n", -1)).hasSize(4);
    }
  }

  @Test
  void a_connection_that_the_server_ends_is_an_error() throws Exception {
    Treadmill treadmill = new Treadmill("no request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    HttpResponse response = HttpResponse.text("Hello");
    try (Server _ = serve(treadmill, HttpProtocol.of(HttpHandler.inline(_ -> response)))) {
      assertThatThrownBy(() -> treadmill.turns(10))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("400");
    }
  }

  private static Server serve(Treadmill treadmill, Protocol protocol) throws Exception {
    Server server =
        Server.builder()
            .listen(treadmill.listener())
            .serve(protocol)
            .model(new Model.EventLoop())
            .start();
    treadmill.awaitConnection();
    return server;
  }
}
