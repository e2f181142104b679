package usher.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import usher.session.Overload;
import usher.session.ProtocolException;
import usher.session.Step;
import usher.testkit.drive.Rehearsal;

/// How handlers are picked, called and told when they fail.
final class HandlersTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private final List<String> failures = new ArrayList<>();

  private Rehearsal rehearsal(HttpHandler handler) {
    return Rehearsal.of(protocol(handler));
  }

  private HttpProtocol protocol(HttpHandler handler) {
    return HttpProtocol.of(handler)
        .withFailures((request, thrown) -> failures.add(request + ": " + thrown.getMessage()));
  }

  @Test
  void a_plain_function_blocks() {
    var rehearsal = rehearsal(_ -> HttpResponse.text("a")).hold().send(GET);
    assertThat(rehearsal.held()).isEqualTo(1);
    assertThat(rehearsal.text()).isEmpty();
    assertThat(rehearsal.wantsInput()).isFalse();
    assertThat(rehearsal.due()).isNull();
    assertThat(rehearsal.release().text()).endsWith("\r\n\r\na");
  }

  @Test
  void kinds_are_as_declared() {
    HttpHandler handler = _ -> HttpResponse.text("a");
    assertThat(handler.kind()).isEqualTo(Step.Kind.BLOCKING);
    assertThat(HttpHandler.inline(handler).kind()).isEqualTo(Step.Kind.INLINE);
    assertThat(HttpHandler.blocking(HttpHandler.inline(handler)).kind())
        .isEqualTo(Step.Kind.BLOCKING);
    assertThat(HttpHandler.async(_ -> CompletableFuture.completedStage(null)).kind())
        .isEqualTo(Step.Kind.ASYNC);
    var rehearsal = rehearsal(HttpHandler.inline(handler)).hold().send(GET);
    assertThat(rehearsal.text()).endsWith("\r\n\r\na");
  }

  @Test
  void a_stated_kind_leaves_the_rest_to_the_inner_handler() throws Exception {
    HttpHandler inner =
        new HttpHandler() {
          @Override
          public HttpResponse handle(HttpRequest request) {
            return HttpResponse.text("a");
          }

          @Override
          public long bodyLimit(long serverLimit) {
            return serverLimit + 1;
          }

          @Override
          public boolean wantsBody() {
            return false;
          }
        };
    HttpHandler inline = HttpHandler.inline(inner);
    HttpRequest request = HttpRequest.of("GET", "/");
    assertThat(inline.bodyLimit(4)).isEqualTo(5);
    assertThat(inline.wantsBody()).isFalse();
    assertThat(inline.handle(request).status()).isEqualTo(200);
    assertThat(inline.handleAsync(request).toCompletableFuture().get().status()).isEqualTo(200);
    assertThat(inline.route(request)).isEqualTo(new Routed(inline, request));
  }

  @Test
  void an_asynchronous_handler_answers_when_its_stage_ends() {
    var stage = new CompletableFuture<HttpResponse>();
    var rehearsal = rehearsal(HttpHandler.async(_ -> stage)).send(GET);
    assertThat(rehearsal.text()).isEmpty();
    stage.complete(HttpResponse.text("late"));
    assertThat(rehearsal.settle().text()).endsWith("\r\n\r\nlate");
  }

  @Test
  void an_asynchronous_handler_may_fail_in_each_way() {
    var stage = new CompletableFuture<HttpResponse>();
    var rehearsal = rehearsal(HttpHandler.async(_ -> stage)).send(GET);
    stage.completeExceptionally(new HttpException(409, "later"));
    assertThat(rehearsal.settle().text()).startsWith("HTTP/1.1 409 ");
    assertThat(failures).isEmpty();

    HttpHandler chained =
        HttpHandler.async(
            _ ->
                CompletableFuture.completedStage(1)
                    .thenApply(
                        _ -> {
                          throw new IllegalStateException("in a stage");
                        }));
    assertThat(rehearsal(chained).send(GET).text()).startsWith("HTTP/1.1 500 ");
    HttpHandler thrown =
        HttpHandler.async(
            _ -> {
              throw new IOException("before its stage");
            });
    assertThat(rehearsal(thrown).send(GET).text()).startsWith("HTTP/1.1 500 ");
    HttpHandler empty = HttpHandler.async(_ -> CompletableFuture.completedStage(null));
    assertThat(rehearsal(empty).send(GET).text()).startsWith("HTTP/1.1 500 ");
    assertThat(failures)
        .containsExactly(
            "GET / HTTP/1.1: in a stage",
            "GET / HTTP/1.1: before its stage",
            "GET / HTTP/1.1: a handler answered null");
  }

  @Test
  void an_asynchronous_handler_can_be_called_as_a_blocking_one() throws Exception {
    HttpRequest request = HttpRequest.of("GET", "/");
    HttpHandler good =
        HttpHandler.async(_ -> CompletableFuture.completedStage(HttpResponse.text("")));
    assertThat(good.handle(request).status()).isEqualTo(200);
    HttpHandler bad =
        HttpHandler.async(_ -> CompletableFuture.failedStage(new HttpException(404, "none")));
    assertThatThrownBy(() -> bad.handle(request)).isInstanceOf(HttpException.class);
    HttpHandler worse = HttpHandler.async(_ -> CompletableFuture.failedStage(new Error("worse")));
    assertThatThrownBy(() -> worse.handle(request)).hasRootCauseMessage("worse");
    assertThat(HttpHandler.blocking(good).kind()).isEqualTo(Step.Kind.BLOCKING);
  }

  @Test
  void routing_sees_the_head_and_its_leaf_sees_what_it_was_given() {
    var routed = new ArrayList<String>();
    HttpHandler leaf =
        request -> HttpResponse.text(request.parameter("id") + " " + request.body().text());
    HttpHandler router =
        new HttpHandler() {
          @Override
          public HttpResponse handle(HttpRequest request) {
            throw new AssertionError("the leaf is called");
          }

          @Override
          public Routed route(HttpRequest head) {
            routed.add(head.path() + " " + head.body().length());
            return new Routed(leaf, head.withParameters(Map.of("id", head.path().substring(1))));
          }
        };
    var rehearsal = rehearsal(router);
    rehearsal.send("PUT /7 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxy");
    assertThat(rehearsal.text()).endsWith("\r\n\r\n7 xy");
    assertThat(routed).containsExactly("/7 0");
  }

  @Test
  void a_handler_that_takes_more_than_the_server_gets_more() {
    var rehearsal =
        rehearsal(
            new HttpHandler() {
              @Override
              public HttpResponse handle(HttpRequest request) {
                return HttpResponse.text("" + request.body().length());
              }

              @Override
              public long bodyLimit(long serverLimit) {
                return 2 * serverLimit;
              }
            });
    long twice = 2 * usher.session.Limits.DEFAULT.bodyBytes();
    rehearsal.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + twice + "\r\n\r\n");
    assertThat(rehearsal.text()).isEmpty();
    var more = rehearsal(HttpHandler.blocking(_ -> HttpResponse.text("")));
    more.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + twice + "\r\n\r\n");
    assertThat(more.text()).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void each_failure_is_told_once() {
    rehearsal(
            _ -> {
              throw new StackOverflowError("deep");
            })
        .send(GET);
    rehearsal(
            _ -> {
              throw new HttpException(500, "said so");
            })
        .send(GET);
    rehearsal(
            _ -> {
              throw new Overload("full");
            })
        .send(GET);
    assertThat(failures).containsExactly("GET / HTTP/1.1: deep");
  }

  @Test
  void a_refused_call_is_answered_503() {
    var rehearsal = rehearsal(_ -> HttpResponse.text("")).hold().send(GET);
    rehearsal.refuse(new Overload("the queue is full"));
    assertThat(rehearsal.text()).startsWith("HTTP/1.1 503 ").contains("\r\nRetry-After: 1\r\n");
    assertThat(rehearsal.open()).isTrue();
    assertThat(failures).isEmpty();
  }

  @Test
  void error_pages_are_the_users() {
    HttpProtocol protocol =
        protocol(
                _ -> {
                  throw new HttpException(404, "<none>");
                })
            .withErrorPages(
                (status, message) -> HttpResponse.html(status + message).header("X-Page", "mine"));
    assertThat(Rehearsal.of(protocol).send(GET).text())
        .startsWith("HTTP/1.1 404 Not Found\r\n")
        .contains("X-Page: mine\r\n")
        .endsWith("\r\n\r\n404<none>");
    assertThat(Rehearsal.of(protocol).send("GET /\r\n").text())
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .contains("X-Page: mine\r\n", "Connection: close\r\n");
  }

  @Test
  void an_error_page_that_fails_is_replaced_and_told() {
    HttpProtocol protocol =
        protocol(_ -> HttpResponse.text(""))
            .withErrorPages(
                (_, _) -> {
                  throw new IllegalStateException("no page");
                });
    assertThat(Rehearsal.of(protocol).send("GET /\r\n").text())
        .startsWith("HTTP/1.1 400 Bad Request\r\n")
        .contains("\r\n\r\n400 Bad Request: the request line");
    assertThat(failures).containsExactly("- / HTTP/1.1: no page");
  }

  @Test
  void a_call_that_was_not_asked_for_is_a_defect_of_the_driver() {
    var rehearsal = rehearsal(_ -> HttpResponse.text("")).hold().send(GET);
    assertThatThrownBy(
            () ->
                rehearsal
                    .session()
                    .complete(99, new usher.session.Outcome.Value(HttpResponse.text(""))))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("call 99");
    rehearsal.release();
    assertThatThrownBy(
            () ->
                rehearsal
                    .session()
                    .complete(1, new usher.session.Outcome.Value(HttpResponse.text(""))))
        .isInstanceOf(ProtocolException.class);
  }
}
