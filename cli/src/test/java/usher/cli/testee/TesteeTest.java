package usher.cli.testee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import usher.http.Headers;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.RequestBody;
import usher.http.ResponseBody;
import usher.http.Routed;
import usher.session.Step;

final class TesteeTest {
  private final HttpHandler testee = Testee.over(HttpHandler.blocking(TesteeTest::file));

  private static HttpResponse file(HttpRequest request) {
    String query = request.query() == null ? "" : "?" + request.query();
    return HttpResponse.text("file " + request.target().rawPath() + query);
  }

  private HttpResponse ask(HttpRequest request) throws Exception {
    Routed routed = testee.route(request);
    return routed.handler().handle(routed.request());
  }

  private HttpResponse get(String target) throws Exception {
    return ask(HttpRequest.of("GET", target));
  }

  private static String text(HttpResponse response) throws Exception {
    return switch (response.body()) {
      case ResponseBody.Bytes(ByteBuffer bytes) ->
          StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
      case ResponseBody.Source source -> {
        StringBuilder all = new StringBuilder();
        ByteBuffer piece = ByteBuffer.allocate(7);
        while (source.pull(piece.clear()) >= 0) {
          all.append(StandardCharsets.UTF_8.decode(piece.flip()));
        }
        yield all.toString();
      }
      default -> "";
    };
  }

  private Step.Kind kind(String target) {
    return testee.route(HttpRequest.of("GET", target)).handler().kind();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "BREW"})
  void root_echoes_the_body_of_any_method(String method) throws Exception {
    HttpRequest request =
        HttpRequest.of(method, "/", "Content-Type", "text/x-own")
            .withBody(RequestBody.of("words".getBytes(StandardCharsets.UTF_8)));
    HttpResponse response = ask(request);
    assertThat(text(response)).isEqualTo("words");
    assertThat(response.headers().first("content-type")).isEqualTo("text/x-own");
  }

  @Test
  void root_without_a_type_or_a_body_is_empty_bytes() throws Exception {
    HttpResponse response = get("/");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body().length()).isZero();
    assertThat(response.headers().first("content-type")).isEqualTo("application/octet-stream");
  }

  @ParameterizedTest
  @CsvSource({
    "/hello,INLINE",
    "/hello-blocking,BLOCKING",
    "/,BLOCKING",
    "/dump,BLOCKING",
    "/slow,BLOCKING",
    "/burn,BLOCKING",
    "/work,BLOCKING",
    "/fail,BLOCKING",
    "/async,ASYNC",
    "/static/x,BLOCKING"
  })
  void doors_say_what_they_do_to_their_thread(String target, Step.Kind kind) {
    assertThat(kind(target)).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hello", "/hello-blocking"})
  void hello_says_hello(String target) throws Exception {
    HttpResponse response = get(target);
    assertThat(text(response)).isEqualTo("Hello, World!");
    assertThat(response.headers().first("content-type")).isEqualTo("text/plain; charset=utf-8");
  }

  @Test
  void dump_shows_the_request_as_it_was_understood() throws Exception {
    HttpRequest request =
        HttpRequest.of("PUT", "/dump?q=%20", "Host", "x", "X-B", "1", "x-a", "2", "X-B", "3")
            .withBody(
                RequestBody.of(new byte[] {0, (byte) 0xff, 'a'}), Headers.of("X-Trailer", "last"));
    HttpResponse response = ask(request);
    assertThat(response.headers().first("content-type")).isEqualTo("application/json");
    JsonNode dump = JsonMapper.shared().readTree(text(response));
    assertThat(dump.get("method").asString()).isEqualTo("PUT");
    assertThat(dump.get("target").asString()).isEqualTo("/dump?q=%20");
    assertThat(dump.get("version").asString()).isEqualTo("HTTP/1.1");
    assertThat(dump.get("headers").toString())
        .isEqualTo("[[\"Host\",\"x\"],[\"X-B\",\"1\"],[\"x-a\",\"2\"],[\"X-B\",\"3\"]]");
    assertThat(dump.get("body").binaryValue()).containsExactly(0, 0xff, 'a');
    assertThat(dump.get("trailers").toString()).isEqualTo("[[\"X-Trailer\",\"last\"]]");
  }

  @ParameterizedTest
  @CsvSource({
    "/static/,file /",
    "/static/a/b.txt,file /a/b.txt",
    "/static/a?x=1,file /a?x=1",
    "http://host/static/a?x=1,file /a?x=1"
  })
  void static_is_the_folder(String target, String inside) throws Exception {
    assertThat(text(get(target))).isEqualTo(inside);
  }

  @ParameterizedTest
  @CsvSource({"0,''", "1,a", "26,abcdefghijklmnopqrstuvwxyz", "28,abcdefghijklmnopqrstuvwxyzab"})
  void stream_gives_so_many_letters_of_unknown_length(int bytes, String letters) throws Exception {
    HttpResponse response = get("/stream?bytes=" + bytes);
    assertThat(response.body().length()).isEqualTo(ResponseBody.UNKNOWN);
    assertThat(text(response)).isEqualTo(letters);
  }

  @Test
  void slow_burn_and_async_take_their_time() throws Exception {
    long start = System.nanoTime();
    assertThat(text(get("/slow?ms=5"))).isEqualTo("slept for 5 ms\n");
    assertThat(text(get("/burn?ms=5"))).startsWith("computed for 5 ms, ");
    assertThat(text(get("/work?rounds=3"))).isEqualTo("worked for 3 rounds, to 33\n");
    HttpRequest request = HttpRequest.of("GET", "/async?ms=5");
    HttpResponse late =
        testee
            .route(request)
            .handler()
            .handleAsync(request)
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    assertThat(text(late)).isEqualTo("answered after 5 ms\n");
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(15_000_000);
  }

  @Test
  void fail_throws() {
    assertThatThrownBy(() -> get("/fail"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("asked to fail by GET /fail HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/slow?ms=x",
        "/slow?ms=-1",
        "/burn?ms=600001",
        "/async?ms=",
        "/stream?bytes=9999999999"
      })
  void numbers_that_make_no_sense_are_400(String target) {
    assertThatThrownBy(() -> get(target))
        .isInstanceOfSatisfying(
            HttpException.class, refused -> assertThat(refused.status()).isEqualTo(400));
  }

  @Test
  void folder_without_its_slash_is_redirected() throws Exception {
    HttpResponse response = get("/static");
    assertThat(response.status()).isBetween(300, 399);
    assertThat(response.headers().first("location")).endsWith("static/");
  }

  @Test
  void what_has_no_door_is_404_and_the_server_as_a_whole_is_there() throws Exception {
    assertThatThrownBy(() -> get("/absent"))
        .isInstanceOfSatisfying(
            HttpException.class, refused -> assertThat(refused.status()).isEqualTo(404));
    assertThat(ask(HttpRequest.of("OPTIONS", "*")).status()).isEqualTo(204);
  }
}
