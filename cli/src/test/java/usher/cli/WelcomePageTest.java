package usher.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.http.HttpException;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.ResponseBody;
import usher.http.Routed;
import usher.session.Step;

final class WelcomePageTest {
  private final WelcomePage pages = new WelcomePage();

  private HttpResponse ask(String method, String target) throws Exception {
    Routed routed = pages.route(HttpRequest.of(method, target));
    return routed.handler().handle(routed.request());
  }

  @Test
  void root_is_the_index_page_of_the_jar() throws Exception {
    HttpResponse response = ask("GET", "/");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("content-type")).isEqualTo("text/html; charset=utf-8");
    try (var in = WelcomePage.class.getResourceAsStream("/usher/cli/welcome/index.html")) {
      byte[] file = Objects.requireNonNull(in).readAllBytes();
      assertThat(response.body())
          .isInstanceOfSatisfying(
              ResponseBody.Bytes.class,
              bytes ->
                  assertThat(StandardCharsets.UTF_8.decode(bytes.bytes().duplicate()).toString())
                      .isEqualTo(new String(file, StandardCharsets.UTF_8)));
    }
    assertThat(ask("GET", "/index.html").status()).isEqualTo(200);
  }

  @Test
  void page_that_was_read_is_answered_in_place() throws Exception {
    HttpRequest request = HttpRequest.of("GET", "/");
    assertThat(pages.route(request).handler().kind()).isEqualTo(Step.Kind.BLOCKING);
    HttpResponse first = ask("GET", "/");
    assertThat(pages.route(request).handler().kind()).isEqualTo(Step.Kind.INLINE);
    assertThat(ask("HEAD", "/")).isSameAs(first);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/absent.html",
        "/../Main.class",
        "/../welcome/index.html",
        "/./index.html",
        "//index.html",
        "/index.html/",
        "/%69ndex.html",
        "/..%2findex.html",
        "/index.html%00",
        "/.hidden"
      })
  void all_else_is_not_there(String target) {
    assertThatThrownBy(() -> ask("GET", target))
        .isInstanceOfSatisfying(
            HttpException.class, absent -> assertThat(absent.status()).isEqualTo(404));
  }

  @Test
  void page_is_read_only() throws Exception {
    HttpResponse response = ask("POST", "/");
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers().first("allow")).isEqualTo("GET, HEAD");
  }
}
