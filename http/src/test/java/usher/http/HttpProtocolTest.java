package usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import usher.session.Limits;
import usher.session.Timeouts;
import usher.testkit.ManualClock;
import usher.testkit.drive.Rehearsal;

final class HttpProtocolTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final HttpProtocol PROTOCOL =
      HttpProtocol.of(HttpHandler.inline(_ -> HttpResponse.text("a")));

  @Test
  void its_name_is_http_and_every_model_will_do() {
    assertThat(PROTOCOL.name()).isEqualTo("http");
    assertThat(PROTOCOL.needs()).isEmpty();
  }

  @Test
  void a_full_server_says_so_in_a_whole_response_of_its_own_each_time() {
    ByteBuffer busy = PROTOCOL.busy();
    String text = StandardCharsets.ISO_8859_1.decode(busy).toString();
    assertThat(text)
        .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
        .contains("\r\nRetry-After: 1\r\n", "\r\nConnection: close\r\n");
    String body = text.substring(text.indexOf("\r\n\r\n") + 4);
    assertThat(text).contains("\r\nContent-Length: " + body.length() + "\r\n");
    assertThat(busy.hasRemaining()).isFalse();
    assertThat(PROTOCOL.busy().remaining()).isEqualTo(text.length());
  }

  @Test
  void a_server_name_is_sent_where_one_is_wanted() {
    assertThat(Rehearsal.of(PROTOCOL).send(GET).text()).doesNotContain("Server:");
    HttpProtocol named = PROTOCOL.withServer("usher/1");
    assertThat(Rehearsal.of(named).send(GET).text()).contains("\r\nServer: usher/1\r\n");
    assertThat(Rehearsal.of(named).send("x\r\n").text()).contains("\r\nServer: usher/1\r\n");
    String lengthy = "x".repeat(5_000);
    assertThat(Rehearsal.of(PROTOCOL.withServer(lengthy)).send(GET).text())
        .contains("\r\nServer: " + lengthy + "\r\n")
        .endsWith("\r\n\r\na");
    HttpHandler own = HttpHandler.inline(_ -> HttpResponse.status(200).header("server", "mine"));
    assertThat(Rehearsal.of(HttpProtocol.of(own).withServer("usher/1")).send(GET).text())
        .contains("\r\nserver: mine\r\n")
        .doesNotContain("usher/1");
    assertThatIllegalArgumentException().isThrownBy(() -> PROTOCOL.withServer("a\r\nb"));
  }

  @Test
  void one_protocol_serves_servers_with_limits_and_clocks_of_their_own() {
    var late = ManualClock.ofRfc();
    late.advance(Duration.ofSeconds(1_000));
    var first = Rehearsal.of(PROTOCOL, Limits.DEFAULT.withHeadFields(1), Timeouts.DEFAULT);
    var second =
        Rehearsal.of(
            PROTOCOL, Limits.DEFAULT, Timeouts.DEFAULT.withIdle(Duration.ofSeconds(5)), late);
    assertThat(first.due()).hasSeconds(60);
    assertThat(second.due()).hasSeconds(5);
    assertThat(first.send(GET).fresh()).contains("Date: Sun, 06 Nov 1994 08:49:37 GMT");
    assertThat(second.send(GET).fresh()).contains("Date: Sun, 06 Nov 1994 09:06:17 GMT");
    assertThat(first.send(GET.replace("Host", "A: b\r\nHost")).fresh()).startsWith("HTTP/1.1 431");
    assertThat(second.send(GET.replace("Host", "A: b\r\nHost")).fresh()).startsWith("HTTP/1.1 200");
  }

  @Test
  void large_bodies_go_to_the_folder_that_was_named(@TempDir Path folder) {
    String put = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\n\r\n" + "x".repeat(2_000);
    Limits limits = Limits.DEFAULT.withBodyMemory(1_024);
    HttpProtocol there =
        HttpProtocol.of(request -> HttpResponse.text(request.body().text()))
            .withFailures((_, _) -> {});
    assertThat(
            Rehearsal.of(there.withBodyFolder(folder), limits, Timeouts.DEFAULT).send(put).text())
        .endsWith("x".repeat(2_000));
    assertThat(
            Rehearsal.of(there.withBodyFolder(folder.resolve("none")), limits, Timeouts.DEFAULT)
                .send(put)
                .text())
        .startsWith("HTTP/1.1 500 ");
  }

  @Test
  void an_idle_session_holds_no_buffer() {
    var rehearsal = Rehearsal.of(PROTOCOL);
    assertThat(Reachable.bytes(rehearsal.session())).isZero();
    rehearsal.send(GET + GET);
    assertThat(Reachable.bytes(rehearsal.session())).isZero();
    rehearsal.send("GET");
    assertThat(Reachable.bytes(rehearsal.session())).isPositive();
  }
}
