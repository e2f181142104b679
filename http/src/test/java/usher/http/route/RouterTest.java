package usher.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.ResponseBody;
import usher.session.Step;
import usher.testkit.Gen;
import usher.testkit.Seeds;
import usher.testkit.drive.Rehearsal;

final class RouterTest {
  /// A handler that tells its name, the path and the parameters that it sees.
  private static HttpHandler named(String name) {
    return HttpHandler.inline(
        request -> HttpResponse.text(name + " " + request.path() + " " + request.parameters()));
  }

  private static String text(HttpResponse response) {
    return response.body() instanceof ResponseBody.Bytes(var bytes)
        ? java.nio.charset.StandardCharsets.UTF_8.decode(bytes.duplicate()).toString()
        : "";
  }

  private static HttpResponse ask(HttpHandler handler, String method, String target) {
    try {
      return handler.handle(HttpRequest.of(method, target));
    } catch (HttpException refusal) {
      return HttpResponse.text("refused")
          .withStatus(refusal.status())
          .withHeaders(refusal.headers());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String answer(HttpHandler handler, String method, String target) {
    HttpResponse response = ask(handler, method, target);
    return response.status() == 200 ? text(response) : String.valueOf(response.status());
  }

  private static @Nullable String allow(HttpHandler handler, String method, String target) {
    return ask(handler, method, target).headers().first("Allow");
  }

  private static final Router ROUTER =
      Router.builder()
          .get("/", named("home"))
          .get("/users", named("list"))
          .post("/users", named("add"))
          .get("/users/{id}", named("show"))
          .delete("/users/{id}", named("remove"))
          .post("/users/new", named("new"))
          .get("/users/me", named("me"))
          .get("/users/{id}/posts/{post}", named("post"))
          .get("/users/me/posts/first", named("first"))
          .get("/users/{rest...}", named("below"))
          .get("/files/{path...}", named("files"))
          .get("/files/readme", named("readme"))
          .get("/a/", named("slash"))
          .get("/a", named("no slash"))
          .any("/any", named("any"))
          .put("/any", named("put any"))
          .get("/été/日本", named("unicode"))
          .get("/a b", named("space"))
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /                      | home / {}",
        "GET    | /users                 | list /users {}",
        "POST   | /users                 | add /users {}",
        "GET    | /users?sort=name       | list /users {}",
        "GET    | /users/7               | show /users/7 {id=7}",
        "DELETE | /users/7               | remove /users/7 {id=7}",
        "DELETE | /users/me              | remove /users/me {id=me}",
        "GET    | /users/me              | me /users/me {}",
        "POST   | /users/new             | new /users/new {}",
        "GET    | /users/new             | show /users/new {id=new}",
        "GET    | /users/m               | show /users/m {id=m}",
        "GET    | /users/mee             | show /users/mee {id=mee}",
        "GET    | /users/7/posts/9       | post /users/7/posts/9 {id=7, post=9}",
        "GET    | /users/me/posts/first  | first /users/me/posts/first {}",
        "GET    | /users/me/posts/second | post /users/me/posts/second {id=me, post=second}",
        "GET    | /users/me/likes        | below /users/me/likes {rest=me/likes}",
        "GET    | /users/                | below /users/ {rest=}",
        "GET    | /users//posts/1        | below /users//posts/1 {rest=/posts/1}",
        "GET    | /users/7/              | below /users/7/ {rest=7/}",
        "GET    | /files/                | files /files/ {path=}",
        "GET    | /files/a/b/c           | files /files/a/b/c {path=a/b/c}",
        "GET    | /files/readme          | readme /files/readme {}",
        "GET    | /files/readme/x        | files /files/readme/x {path=readme/x}",
        "GET    | /files                 | 404",
        "GET    | /a                     | no slash /a {}",
        "GET    | /a/                    | slash /a/ {}",
        "GET    | /a//                   | 404",
        "GET    | //                     | 404",
        "GET    | /A                     | 404",
        "GET    | /users/a%2Fb           | show /users/a/b {id=a/b}",
        "GET    | /users/%20             | show /users/  {id= }",
        "GET    | /user%73               | list /users {}",
        "GET    | /users%2F7             | 404",
        "GET    | /%C3%A9t%C3%A9/%E6%97%A5%E6%9C%AC | unicode /été/日本 {}",
        "GET    | /a%20b                 | space /a b {}",
        "GET    | /users/%zz             | 400",
        "GET    | /users/%ff             | 400",
        "HEAD   | /users                 | list /users {}",
        "HEAD   | /any                   | any /any {}",
        "PUT    | /any                   | put any /any {}",
        "BREW   | /any                   | any /any {}",
        "PUT    | /users                 | 405",
        "POST   | /                      | 405",
        "PUT    | /users/7               | 405",
        "HEAD   | /users/new             | show /users/new {id=new}",
        "get    | /users                 | 405",
        "GET    | /none                  | 404",
        "POST   | /none                  | 404",
        "GET    | http://here/users/7    | show /users/7 {id=7}",
        "GET    | http://here            | home / {}",
      })
  void requests_reach_their_handlers(String method, String target, String expected) {
    assertThat(answer(ROUTER, method, target)).isEqualTo(expected);
  }

  @Test
  void what_is_allowed_is_told() {
    assertThat(allow(ROUTER, "PUT", "/users")).isEqualTo("GET, HEAD, OPTIONS, POST");
    assertThat(allow(ROUTER, "PUT", "/users/new")).isEqualTo("DELETE, GET, HEAD, OPTIONS, POST");
    assertThat(allow(ROUTER, "PUT", "/users/7")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
    HttpResponse options = ask(ROUTER, "OPTIONS", "/users");
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.headers().first("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
    assertThat(ask(ROUTER, "OPTIONS", "*").headers().first("Allow"))
        .isEqualTo("DELETE, GET, HEAD, OPTIONS, POST, PUT");
    assertThat(ask(ROUTER, "OPTIONS", "*").status()).isEqualTo(204);
    assertThat(ask(ROUTER, "OPTIONS", "/none").status()).isEqualTo(404);
    assertThat(answer(ROUTER, "OPTIONS", "/any")).isEqualTo("any /any {}");
    Router mine = Router.builder().on("OPTIONS", "/a", named("mine")).get("/a", named("a")).build();
    assertThat(answer(mine, "OPTIONS", "/a")).isEqualTo("mine /a {}");
  }

  @Test
  void a_head_of_its_own_comes_before_get() {
    Router router =
        Router.builder().get("/a", named("get")).on("HEAD", "/a", named("head")).build();
    assertThat(answer(router, "HEAD", "/a")).isEqualTo("head /a {}");
    assertThat(answer(router, "GET", "/a")).isEqualTo("get /a {}");
  }

  @Test
  void a_mounted_handler_sees_the_rest_of_the_path() {
    Router inner =
        Router.builder().get("/", named("inner home")).get("/x/{y}", named("inner")).build();
    Router router =
        Router.builder()
            .mount("/app", inner)
            .mount("/t/{tenant}/app", inner)
            .get("/app/special", named("special"))
            .mount("/", named("rest"))
            .build();
    assertThat(answer(router, "GET", "/app/")).isEqualTo("inner home / {}");
    assertThat(answer(router, "GET", "/app/x/1")).isEqualTo("inner /x/1 {y=1}");
    assertThat(answer(router, "GET", "/app/x/%2F")).isEqualTo("inner /x// {y=/}");
    assertThat(answer(router, "GET", "/app/none")).isEqualTo("404");
    assertThat(answer(router, "PUT", "/app/x/1")).isEqualTo("405");
    assertThat(answer(router, "GET", "/t/acme/app/x/1")).isEqualTo("inner /x/1 {tenant=acme, y=1}");
    assertThat(answer(router, "GET", "/app/special")).isEqualTo("special /app/special {}");
    assertThat(answer(router, "GET", "/other/x")).isEqualTo("rest /other/x {}");
    assertThat(answer(router, "GET", "/")).isEqualTo("rest / {}");
    HttpResponse redirect = ask(router, "POST", "/app?x=1");
    assertThat(redirect.status()).isEqualTo(308);
    assertThat(redirect.headers().first("Location")).isEqualTo("./app/?x=1");
    assertThat(ask(router, "GET", "/t/a%20b/app").headers().first("Location")).isEqualTo("./app/");
  }

  @Test
  void the_target_as_it_was_sent_is_kept_for_logs() {
    var seen = new ArrayList<String>();
    Router router =
        Router.builder()
            .mount(
                "/app",
                HttpHandler.inline(
                    request -> {
                      seen.add(request.target().raw() + " " + request.query());
                      return HttpResponse.status(204);
                    }))
            .build();
    ask(router, "GET", "/app/x?a=b");
    assertThat(seen).containsExactly("/app/x?a=b a=b");
  }

  @Test
  void what_fits_nowhere_may_go_elsewhere() {
    Router router = Router.builder().get("/a", named("a")).otherwise(named("else")).build();
    assertThat(answer(router, "GET", "/b")).isEqualTo("else /b {}");
    assertThat(answer(router, "PUT", "/a")).isEqualTo("405");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "//",
        "/a//b",
        "/{}",
        "/{...}",
        "/{a...}/b",
        "/a{b}",
        "/{a}b",
        "/{a",
        "/a}",
        "/{1a}",
        "/{a b}",
        "/{a}/{a}",
        "/{a}/{a...}"
      })
  void what_is_no_path_is_refused(String path) {
    assertThatThrownBy(() -> Router.builder().get(path, named("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + path + "\"");
  }

  @Test
  void routes_for_the_same_requests_conflict() {
    var builder =
        Router.builder()
            .get("/a/{x}", named("x"))
            .any("/b/{x...}", named("x"))
            .get("/c", named("c"));
    assertThatThrownBy(() -> builder.get("/a/{y}", named("y")))
        .hasMessage("GET /a/{y} conflicts with GET /a/{x}");
    assertThatThrownBy(() -> builder.get("/c", named("y")))
        .hasMessage("GET /c conflicts with GET /c");
    assertThatThrownBy(() -> builder.mount("/b", named("y")))
        .hasMessage("any method /b/{rest...} conflicts with any method /b/{x...}");
    assertThatThrownBy(() -> builder.mount("/d/", named("y"))).hasMessageContaining("/d/");
    assertThatThrownBy(() -> builder.on("GET ME", "/d", named("y"))).hasMessageContaining("GET ME");
    builder.post("/a/{y}", named("post")).get("/a/b", named("b")).get("/a/{y...}", named("rest"));
    Router router = builder.build();
    assertThat(answer(router, "POST", "/a/1")).isEqualTo("post /a/1 {y=1}");
    assertThat(answer(router, "GET", "/a/1")).isEqualTo("x /a/1 {x=1}");
    assertThat(answer(router, "GET", "/a/")).isEqualTo("rest /a/ {y=}");
  }

  @Test
  void a_router_does_not_change_with_its_builder() {
    var builder = Router.builder().get("/a", named("a"));
    Router router = builder.build();
    builder.get("/b", named("b"));
    assertThat(answer(router, "GET", "/b")).isEqualTo("404");
    assertThat(answer(builder.build(), "GET", "/b")).isEqualTo("b /b {}");
  }

  @Test
  void the_nature_of_the_picked_handler_counts() {
    Router router =
        Router.builder()
            .get("/inline", HttpHandler.inline(r -> HttpResponse.status(204)))
            .get("/blocking", HttpHandler.blocking(r -> HttpResponse.status(204)))
            .get(
                "/async",
                HttpHandler.async(r -> CompletableFuture.completedFuture(HttpResponse.status(204))))
            .build();
    for (Step.Kind kind : Step.Kind.values()) {
      var routed =
          router.route(HttpRequest.of("GET", "/" + kind.name().toLowerCase(java.util.Locale.ROOT)));
      assertThat(routed.handler().kind()).isEqualTo(kind);
    }
    var lost = router.route(HttpRequest.of("GET", "/none")).handler();
    assertThat(lost.kind()).isEqualTo(Step.Kind.INLINE);
    assertThat(lost.wantsBody()).isFalse();
    assertThat(router.kind()).isEqualTo(Step.Kind.BLOCKING);
  }

  @Test
  void an_asynchronous_handler_may_be_called_by_hand() throws Exception {
    Router router =
        Router.builder()
            .get(
                "/async/{x}",
                HttpHandler.async(
                    r -> CompletableFuture.completedFuture(HttpResponse.text(r.parameter("x")))))
            .build();
    var stage = router.handleAsync(HttpRequest.of("GET", "/async/7"));
    assertThat(text(stage.toCompletableFuture().get())).isEqualTo("7");
    assertThat(answer(router, "GET", "/async/7")).isEqualTo("7");
  }

  @Test
  void over_the_wire_head_has_no_body_and_405_says_what_is_allowed() {
    var rehearsal = Rehearsal.of(HttpProtocol.of(ROUTER));
    rehearsal.send("HEAD /users HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(rehearsal.fresh())
        .contains("200 OK")
        .contains("Content-Length: 14")
        .endsWith("\r\n\r\n");
    rehearsal.send("PUT /users HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
    assertThat(rehearsal.fresh()).contains("405").contains("Allow: GET, HEAD, OPTIONS, POST");
    rehearsal.send("GET /users/%zz HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(rehearsal.fresh()).contains("400 Bad Request");
    assertThat(rehearsal.open()).isTrue();
  }

  /// An oracle that tries all patterns one by one, ordered by the documented precedence.
  private static String expected(List<PathPattern> patterns, String path) {
    String[] parts = path.substring(1).split("/", -1);
    PathPattern best = null;
    for (PathPattern pattern : patterns) {
      if (fits(pattern, parts) && (best == null || precedes(pattern, best))) {
        best = pattern;
      }
    }
    return best == null ? "404" : best.text();
  }

  private static boolean fits(PathPattern pattern, String[] parts) {
    int count = pattern.segments().size();
    if (pattern.rest() ? parts.length <= count : parts.length != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      PathPattern.Segment segment = pattern.segments().get(i);
      if (segment.parameter() ? parts[i].isEmpty() : !segment.literal().equals(parts[i])) {
        return false;
      }
    }
    return true;
  }

  /// Both fit the same path: at the first place where they differ the stronger one wins.
  private static boolean precedes(PathPattern a, PathPattern b) {
    for (int i = 0; ; i++) {
      int x = strength(a, i);
      int y = strength(b, i);
      if (x != y) {
        return x > y;
      }
    }
  }

  private static int strength(PathPattern pattern, int index) {
    if (index == pattern.segments().size()) {
      return pattern.rest() ? 0 : 3;
    }
    return pattern.segments().get(index).parameter() ? 1 : 2;
  }

  private static String path(Gen gen, String... choices) {
    return "/" + String.join("/", gen.list(1, 4, () -> gen.oneOf(choices)));
  }

  @Test
  void precedence_is_as_it_is_documented() {
    Seeds.each(
        1_000,
        gen -> {
          var builder = Router.builder();
          var patterns = new ArrayList<PathPattern>();
          for (int i = 0; i < 12; i++) {
            String raw = path(gen, "a", "b", "ab", "{x}") + gen.oneOf("", "", "/", "/{r...}");
            String[] parts = raw.split("/", -1);
            for (int j = 0; j < parts.length; j++) {
              parts[j] = parts[j].equals("{x}") ? "{x" + j + "}" : parts[j];
            }
            String text = String.join("/", parts);
            try {
              builder.get(text, named(text));
              patterns.add(PathPattern.of(text));
            } catch (IllegalArgumentException conflict) {
              assertThat(patterns).anySatisfy(p -> assertThat(p.text()).isEqualTo(text));
            }
          }
          Router router = builder.build();
          for (int i = 0; i < 20; i++) {
            String path = path(gen, "a", "b", "ab", "c", "") + gen.oneOf("", "/");
            String reached = answer(router, "GET", path);
            assertThat(reached.replaceFirst(" .*", ""))
                .as(path + " among " + patterns.stream().map(PathPattern::text).toList())
                .isEqualTo(expected(patterns, path));
          }
        });
  }
}
