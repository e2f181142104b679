package usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HttpRequestTest {
  private static void badRequest(Runnable code) {
    assertThatExceptionOfType(HttpException.class)
        .isThrownBy(code::run)
        .satisfies(e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  void a_path_is_decoded_once() {
    assertThat(HttpRequest.of("GET", "/a%20b/%C3%A4%2525%2f%00").path()).isEqualTo("/a b/ä%25/\0");
    assertThat(HttpRequest.of("GET", "/plain+plus").path()).isEqualTo("/plain+plus");
    assertThat(HttpRequest.of("GET", "/a%20b").target().rawPath()).isEqualTo("/a%20b");
  }

  @Test
  void a_path_that_cannot_be_decoded_is_a_bad_request() {
    for (String path :
        new String[] {
          "/%",
          "/%4",
          "/%zz",
          "/%4g",
          "/%g4",
          "/%-1",
          "/%+1",
          "/% 1",
          "/%C3",
          "/%C3%28",
          "/%FF",
          "/%C0%AF",
          "/%ED%A0%80",
          "/%F8%88%80%80%80",
          "/%٣1",
          "/%20ä",
          "/%20\u0161"
        }) {
      badRequest(() -> HttpRequest.of("GET", path).path());
    }
  }

  @Test
  void a_query_is_looked_up_decoded() {
    HttpRequest request = HttpRequest.of("GET", "/?a=1&b=x+y%26&a=2&c&=d&&e=f=g&%61=3");
    assertThat(request.query()).isEqualTo("a=1&b=x+y%26&a=2&c&=d&&e=f=g&%61=3");
    assertThat(request.query("a")).isEqualTo("1");
    assertThat(request.queryAll("a")).containsExactly("1", "2", "3");
    assertThat(request.query("b")).isEqualTo("x y&");
    assertThat(request.query("c")).isEmpty();
    assertThat(request.query("")).isEqualTo("d");
    assertThat(request.query("e")).isEqualTo("f=g");
    assertThat(request.query("z")).isNull();
    assertThat(HttpRequest.of("GET", "/").query("a")).isNull();
    assertThat(HttpRequest.of("GET", "/?").query()).isEmpty();
    assertThat(HttpRequest.of("GET", "/a?b?c").query()).isEqualTo("b?c");
  }

  @Test
  void a_query_that_cannot_be_decoded_is_a_bad_request() {
    badRequest(() -> HttpRequest.of("GET", "/?a=%").query("a"));
    badRequest(() -> HttpRequest.of("GET", "/?%=1").query("a"));
  }

  @Test
  void targets_are_told_apart() {
    Target origin = Target.of("GET", "/a?b");
    assertThat(origin).isEqualTo(new Target(Target.Form.ORIGIN, "/a?b", null, "/a", "b"));
    assertThat(Target.of("GET", "http://h:1/a?b"))
        .isEqualTo(new Target(Target.Form.ABSOLUTE, "http://h:1/a?b", "h:1", "/a", "b"));
    assertThat(Target.of("GET", "hTTps://h"))
        .isEqualTo(new Target(Target.Form.ABSOLUTE, "hTTps://h", "h", "/", null));
    assertThat(Target.of("GET", "http://h?b/c"))
        .isEqualTo(new Target(Target.Form.ABSOLUTE, "http://h?b/c", "h", "/", "b/c"));
    assertThat(Target.of("OPTIONS", "*"))
        .isEqualTo(new Target(Target.Form.ASTERISK, "*", null, "*", null));
    assertThat(Target.of("OPTIONS", "http://h").rawPath()).isEqualTo("*");
    assertThat(Target.of("OPTIONS", "http://h?").rawPath()).isEqualTo("/");
    assertThat(Target.of("OPTIONS", "http://h/").rawPath()).isEqualTo("/");
  }

  @Test
  void what_is_no_target_is_a_bad_request() {
    for (String raw :
        new String[] {
          "",
          "a",
          "*",
          "h:80",
          "http:/",
          "http://",
          "http:///",
          "http://:1/",
          "http://u@h/",
          "http://h:x/",
          "ftp://h/",
          "http//h/",
          "file:///etc/passwd"
        }) {
      badRequest(() -> Target.of("GET", raw));
    }
  }

  @Test
  void the_host_is_that_of_the_target_or_the_header() {
    assertThat(HttpRequest.of("GET", "/", "Host", "a").host()).isEqualTo("a");
    assertThat(HttpRequest.of("GET", "http://b/", "Host", "a").host()).isEqualTo("b");
    assertThat(HttpRequest.of("GET", "/").host()).isNull();
  }

  @Test
  void copies_change_one_thing() {
    HttpRequest request = HttpRequest.of("GET", "/", "A", "1");
    assertThat(request.withMethod("PUT").method()).isEqualTo("PUT");
    assertThat(request.withTarget(Target.of("GET", "/b")).path()).isEqualTo("/b");
    assertThat(request.withVersion(HttpRequest.Version.HTTP_1_0).toString())
        .isEqualTo("GET / HTTP/1.0");
    assertThat(request.withHeader("a", "2").header("A")).isEqualTo("2");
    assertThat(request.withHeaders(Headers.none()).header("A")).isNull();
    RequestBody body = RequestBody.of("hä".getBytes(StandardCharsets.UTF_8));
    assertThat(request.withBody(body).body().text()).isEqualTo("hä");
    assertThat(request.withBody(body, Headers.of("T", "1")).trailers().first("t")).isEqualTo("1");
    assertThat(request.toString()).isEqualTo("GET / HTTP/1.1");
    assertThat(request.header("A")).isEqualTo("1");
    assertThat(request.body().length()).isZero();
    assertThat(request.peer().host()).isEqualTo("unknown");
    assertThat(request.peer().remote()).isEqualTo("unknown");
    assertThat(request.peer().local()).isEqualTo("unknown");
    assertThat(request.withPeer(request.peer()).peer()).isSameAs(request.peer());
  }

  @Test
  void parameters_of_the_path_add_up() {
    var more = new LinkedHashMap<String, String>();
    more.put("a", "2");
    more.put("b", "3");
    HttpRequest request = HttpRequest.of("GET", "/").withParameters(Map.of("a", "1"));
    assertThat(request.parameter("a")).isEqualTo("1");
    assertThat(request.withParameters(more).parameters()).isEqualTo(more);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.parameter("b"))
        .withMessage("the route has no parameter b but [a]");
  }

  @Test
  void whether_there_is_a_body_is_said_by_the_head() {
    assertThat(HttpRequest.of("GET", "/").hasBody()).isFalse();
    assertThat(HttpRequest.of("PUT", "/", "content-length", "0").hasBody()).isTrue();
    assertThat(HttpRequest.of("PUT", "/", "Transfer-Encoding", "chunked").hasBody()).isTrue();
  }

  @Test
  void a_body_in_memory_can_be_read_again() throws Exception {
    RequestBody body = RequestBody.of(new byte[] {1, 2, 3});
    assertThat(body.length()).isEqualTo(3);
    assertThat(body.inMemory()).isTrue();
    assertThat(body.bytes()).containsExactly(1, 2, 3).isNotSameAs(body.bytes());
    assertThat(body.stream().readAllBytes()).containsExactly(1, 2, 3);
    assertThat(body.stream().readAllBytes()).containsExactly(1, 2, 3);
    assertThat(body.text(StandardCharsets.ISO_8859_1)).isEqualTo("\1\2\3");
    assertThat(RequestBody.of(new byte[0])).isSameAs(RequestBody.empty());
  }
}
