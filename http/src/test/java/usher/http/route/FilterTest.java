package usher.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.http.ResponseBody;
import usher.session.Step;
import usher.testkit.drive.Rehearsal;

final class FilterTest {
  private final List<String> heard = new ArrayList<>();

  /// Notes what passes.
  private Filter noting(String name) {
    return Filter.of(
        request ->
            new Passage() {
              @Override
              public HttpRequest request() {
                heard.add(name + " in");
                return request;
              }

              @Override
              public HttpResponse answered(HttpResponse response) {
                heard.add(name + " out " + response.status());
                return response.header("X-" + name, "seen");
              }

              @Override
              public Exception failed(Exception thrown) {
                heard.add(name + " failed " + thrown.getMessage());
                return thrown;
              }
            });
  }

  private static HttpHandler answering(Step.Kind kind, HttpHandler handler) {
    return switch (kind) {
      case INLINE -> HttpHandler.inline(handler);
      case BLOCKING -> HttpHandler.blocking(handler);
      case ASYNC ->
          HttpHandler.async(request -> CompletableFuture.completedFuture(handler.handle(request)));
    };
  }

  private static String wire(HttpHandler handler) {
    var rehearsal = Rehearsal.of(HttpProtocol.of(handler).withFailures((request, thrown) -> {}));
    rehearsal.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    return rehearsal.text();
  }

  @ParameterizedTest
  @EnumSource
  void a_filter_keeps_the_nature_of_what_it_is_put_around(Step.Kind kind) {
    HttpHandler inner = answering(kind, request -> HttpResponse.text("hello"));
    HttpHandler outer = Filter.chain(noting("a"), noting("b")).apply(inner);
    assertThat(outer.kind()).isEqualTo(kind);
    assertThat(outer.route(HttpRequest.of("GET", "/")).handler().kind()).isEqualTo(kind);
    heard.clear();
    assertThat(wire(outer)).contains("200 OK").contains("X-a: seen").contains("X-b: seen");
    assertThat(heard).containsExactly("a in", "b in", "b out 200", "a out 200");
  }

  @ParameterizedTest
  @EnumSource
  void what_is_thrown_passes_from_the_inside_out(Step.Kind kind) {
    HttpHandler inner =
        answering(
            kind,
            request -> {
              throw new HttpException(409, "no");
            });
    HttpHandler outer = Filter.chain(noting("a"), noting("b")).apply(inner);
    assertThat(wire(outer)).contains("409 Conflict: no");
    assertThat(heard).containsExactly("a in", "b in", "b failed no", "a failed no");
  }

  @Test
  void a_stage_that_fails_later_passes_too() {
    var later = new CompletableFuture<HttpResponse>();
    HttpHandler outer = noting("a").apply(HttpHandler.async(request -> later));
    var rehearsal = Rehearsal.of(HttpProtocol.of(outer));
    rehearsal.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(rehearsal.text()).isEmpty();
    later.completeExceptionally(new HttpException(503, "later"));
    assertThat(rehearsal.settle().text()).contains("503 Service Unavailable: later");
    assertThat(heard).containsExactly("a in", "a failed later");
  }

  @Test
  void an_error_of_the_machine_is_left_as_it_is() {
    var later = new CompletableFuture<HttpResponse>();
    HttpHandler outer = noting("a").apply(HttpHandler.async(request -> later));
    var stage = outer.route(HttpRequest.of("GET", "/")).handler();
    later.completeExceptionally(new StackOverflowError("deep"));
    assertThatThrownBy(
            () -> stage.handleAsync(HttpRequest.of("GET", "/")).toCompletableFuture().get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThat(heard).containsExactly("a in");
  }

  @Test
  void a_filter_goes_around_what_a_router_picks() {
    Router router =
        Router.builder()
            .get("/a", HttpHandler.inline(request -> HttpResponse.text("a")))
            .post("/a", request -> HttpResponse.text("posted"))
            .build();
    HttpHandler outer = noting("f").apply(router);
    assertThat(outer.route(HttpRequest.of("GET", "/a")).handler().kind())
        .isEqualTo(Step.Kind.INLINE);
    assertThat(outer.route(HttpRequest.of("POST", "/a")).handler().kind())
        .isEqualTo(Step.Kind.BLOCKING);
    var none = outer.route(HttpRequest.of("GET", "/none")).handler();
    assertThat(none.wantsBody()).isFalse();
    heard.clear();
    assertThatThrownBy(() -> outer.handle(HttpRequest.of("GET", "/none")))
        .isInstanceOf(HttpException.class);
    assertThat(heard).containsExactly("f in", "f failed there is nothing at this place");
  }

  @Test
  void what_cannot_be_routed_passes_as_thrown() {
    Router router = Router.builder().get("/{x}", request -> HttpResponse.status(204)).build();
    HttpHandler outer = noting("f").apply(router);
    assertThatThrownBy(() -> outer.handle(HttpRequest.of("GET", "/%zz")))
        .isInstanceOf(HttpException.class);
    assertThatThrownBy(
            () -> outer.handleAsync(HttpRequest.of("GET", "/%zz")).toCompletableFuture().get())
        .hasCauseInstanceOf(HttpException.class);
    assertThat(heard).hasSize(4).contains("f in").element(1).asString().startsWith("f failed");
    var refused = outer.route(HttpRequest.of("GET", "/%zz")).handler();
    assertThat(refused.kind()).isEqualTo(Step.Kind.INLINE);
    assertThat(refused.wantsBody()).isFalse();
  }

  @Test
  void bodies_are_wanted_and_limited_as_the_inner_handler_says() {
    HttpHandler inner =
        new HttpHandler() {
          @Override
          public HttpResponse handle(HttpRequest request) {
            return HttpResponse.status(204);
          }

          @Override
          public boolean wantsBody() {
            return false;
          }

          @Override
          public long bodyLimit(long serverLimit) {
            return serverLimit + 7;
          }
        };
    HttpHandler outer = noting("f").apply(inner);
    var leaf = outer.route(HttpRequest.of("GET", "/")).handler();
    for (HttpHandler each : List.of(outer, leaf)) {
      assertThat(each.wantsBody()).isFalse();
      assertThat(each.bodyLimit(10)).isEqualTo(17);
    }
  }

  @Test
  void an_answer_in_place_leaves_the_inner_handler_alone() throws Exception {
    Filter shut =
        Filter.of(
            request ->
                new Passage() {
                  @Override
                  public HttpRequest request() {
                    return request;
                  }

                  @Override
                  public HttpResponse instead() {
                    return HttpResponse.status(403);
                  }
                });
    HttpHandler outer =
        Filter.chain(noting("a"), shut, noting("b"))
            .apply(
                request -> {
                  throw new AssertionError("called");
                });
    assertThat(outer.handle(HttpRequest.of("GET", "/")).status()).isEqualTo(403);
    assertThat(heard).containsExactly("a in", "a out 403");
  }

  @Test
  void requests_and_responses_may_be_changed() throws Exception {
    Filter upper = Filter.request(request -> request.withHeader("X-In", "yes"));
    Filter mark = Filter.response(response -> response.header("X-Out", "yes"));
    HttpHandler outer =
        Filter.chain(upper, mark)
            .apply(request -> HttpResponse.text(String.valueOf(request.header("X-In"))));
    HttpResponse response = outer.handle(HttpRequest.of("GET", "/"));
    assertThat(response.headers().first("X-Out")).isEqualTo("yes");
    assertThat(response.body()).isEqualTo(HttpResponse.text("yes").body());
  }

  @Test
  void a_filter_that_fails_on_the_way_out_closes_the_body() {
    var closed = new ArrayList<String>();
    ResponseBody body =
        new ResponseBody.Source() {
          @Override
          public int pull(ByteBuffer into) {
            return -1;
          }

          @Override
          public void close() throws IOException {
            closed.add("closed");
          }
        };
    HttpHandler outer =
        Filter.response(
                response -> {
                  throw new IllegalStateException("broken filter");
                })
            .apply(request -> HttpResponse.of("text/plain", body));
    assertThatThrownBy(() -> outer.handle(HttpRequest.of("GET", "/"))).hasMessage("broken filter");
    assertThat(closed).containsExactly("closed");
  }
}
