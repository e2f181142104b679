package usher.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import usher.http.Headers;
import usher.http.HttpException;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.session.Overload;
import usher.session.Peer;
import usher.testkit.Seeds;
import usher.testkit.drive.Rehearsal;

/// The filters that are ready made.
final class FiltersTest {
  private static final InstantSource WALL =
      InstantSource.fixed(Instant.parse("2000-10-10T20:55:36Z"));

  private final List<String> lines = new ArrayList<>();
  private final AccessLog log = AccessLog.to(lines::add).withWall(WALL);

  private record Someone(String host) implements Peer {
    @Override
    public String remote() {
      return host + ":1234";
    }

    @Override
    public String local() {
      return "192.0.2.1:80";
    }
  }

  private static HttpRequest request(String method, String target, String... fields) {
    return HttpRequest.of(method, target, fields).withPeer(new Someone("192.0.2.7"));
  }

  private static HttpResponse run(Filter filter, HttpHandler inner, HttpRequest request) {
    try {
      return filter.apply(inner).handle(request);
    } catch (HttpException refusal) {
      return HttpResponse.status(refusal.status()).withHeaders(refusal.headers());
    } catch (Exception thrown) {
      return HttpResponse.status(500);
    }
  }

  private static final HttpHandler HELLO = HttpHandler.inline(r -> HttpResponse.text("Hello"));

  // ---- access log

  private Rehearsal refused(String request) {
    return Rehearsal.of(HttpProtocol.of(log.apply(HELLO)).withRefusals(log)).send(request);
  }

  @Test
  void a_request_that_is_refused_before_it_is_routed_is_a_line_too() {
    assertThat(refused("GET /a?b HTTP/1.1\r\nUser-Agent: me\r\n\r\n").text())
        .startsWith("HTTP/1.1 400 ");

    assertThat(lines)
        .singleElement()
        .asString()
        .endsWith(" - - [10/Oct/2000:20:55:36 +0000] \"GET /a?b HTTP/1.1\" 400 - \"-\" \"me\"");
  }

  @Test
  void a_request_line_that_is_not_understood_is_a_dash() {
    assertThat(refused("\"no request\"\r\n\r\n").text()).startsWith("HTTP/1.1 400 ");

    assertThat(lines).singleElement().asString().endsWith("] \"-\" 400 - \"-\" \"-\"");
  }

  @Test
  void a_body_that_is_refused_is_one_line_of_its_request() {
    assertThat(
            refused("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n").text())
        .startsWith("HTTP/1.1 400 ");

    assertThat(lines).singleElement().asString().contains("\"POST / HTTP/1.1\" 400 - ");
  }

  @Test
  void whoever_is_told_of_refusals_and_fails_costs_no_answer() {
    List<Throwable> failures = new ArrayList<>();
    IllegalStateException failure = new IllegalStateException("told");
    HttpProtocol protocol =
        HttpProtocol.of(HELLO)
            .withFailures((_, thrown) -> failures.add(thrown))
            .withRefusals(
                (_, _) -> {
                  throw failure;
                });

    assertThat(Rehearsal.of(protocol).send("no\r\n\r\n").text()).startsWith("HTTP/1.1 400 ");

    assertThat(failures).containsExactly(failure);
  }

  @Test
  void a_line_is_in_the_combined_format() {
    run(
        log,
        HELLO,
        request("GET", "/a?b=c", "Referer", "http://example.org/", "User-Agent", "curl/8"));
    assertThat(lines)
        .containsExactly(
            "192.0.2.7 - - [10/Oct/2000:20:55:36 +0000] \"GET /a?b=c HTTP/1.1\" 200 5"
                + " \"http://example.org/\" \"curl/8\"");
  }

  @Test
  void users_zone_and_latency_may_be_logged() {
    var nanos = new AtomicLong();
    AccessLog full =
        log.withUser(r -> "frank miller")
            .withZone(ZoneId.of("America/Los_Angeles"))
            .withLatency(() -> nanos.getAndAdd(1_234_567));
    run(full, HELLO, request("GET", "/"));
    assertThat(lines)
        .containsExactly(
            "192.0.2.7 - frank\\x20miller [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 5"
                + " \"-\" \"-\" 1234");
  }

  @Test
  void the_queue_time_stands_at_the_very_end() {
    AccessLog full = log.withLatency(() -> 0).withQueueTime();
    run(full, HELLO, request("GET", "/"));
    full.refused(request("GET", "/"), 503);
    assertThat(lines)
        .satisfiesExactly(
            line -> assertThat(line).endsWith("\"GET / HTTP/1.1\" 200 5 \"-\" \"-\" 0 0"),
            line -> assertThat(line).endsWith("\"GET / HTTP/1.1\" 503 - \"-\" \"-\" 0 -"));
  }

  @Test
  void a_request_for_which_the_server_is_too_busy_is_one_line() {
    HttpHandler blocking = r -> HttpResponse.text("Hello");
    var rehearsal =
        Rehearsal.of(HttpProtocol.of(log.apply(blocking)).withRefusals(log))
            .hold()
            .send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
            .refuse(new Overload("made for this test"));
    assertThat(rehearsal.text()).startsWith("HTTP/1.1 503 ").contains("\r\nRetry-After: 1\r\n");
    assertThat(lines).singleElement().asString().contains("\"GET /a HTTP/1.1\" 503 - ");
  }

  @Test
  void what_was_thrown_and_what_has_no_body_is_logged_too() {
    HttpHandler broken =
        r -> {
          throw new IllegalStateException("broken");
        };
    HttpHandler refusing =
        r -> {
          throw new HttpException(404, "none");
        };
    run(log, refusing, request("GET", "/1"));
    run(log, broken, request("GET", "/2"));
    run(log, r -> HttpResponse.status(304), request("GET", "/3"));
    run(log, HELLO, request("HEAD", "/4"));
    run(log, Router.builder().get("/{x}", HELLO).build(), request("GET", "/%zz"));
    assertThat(lines)
        .extracting(line -> line.substring(line.indexOf('"')))
        .containsExactly(
            "\"GET /1 HTTP/1.1\" 404 - \"-\" \"-\"",
            "\"GET /2 HTTP/1.1\" 500 - \"-\" \"-\"",
            "\"GET /3 HTTP/1.1\" 304 - \"-\" \"-\"",
            "\"HEAD /4 HTTP/1.1\" 200 - \"-\" \"-\"",
            "\"GET /%zz HTTP/1.1\" 400 - \"-\" \"-\"");
  }

  @Test
  void nothing_from_a_client_ends_a_field_or_a_line() {
    run(
        log,
        HELLO,
        request("GET", "/\"a\\b", "User-Agent", "a\"b\\c\td\u00e9\u0085", "Referer", ""));
    run(log.withUser(r -> "a b\nc\"\u65e5"), HELLO, request("GET", "/"));
    assertThat(lines.get(0))
        .endsWith("\"GET /\\\"a\\\\b HTTP/1.1\" 200 5 \"\" \"a\\\"b\\\\c\\x09d\\xe9\\x85\"");
    assertThat(lines.get(1)).startsWith("192.0.2.7 - a\\x20b\\x0ac\\\"\\u65e5 [");
  }

  @Test
  void whatever_comes_over_the_wire_makes_one_line_of_printable_characters() {
    Seeds.each(
        500,
        gen -> {
          lines.clear();
          var rehearsal = Rehearsal.of(HttpProtocol.of(log.apply(HELLO)));
          String head = "GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: " + "x".repeat(20) + "\r\n\r\n";
          byte[] bytes = head.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
          for (int i = 0; i < 6; i++) {
            bytes[gen.between(0, bytes.length - 5)] = (byte) gen.between(0, 255);
          }
          rehearsal.send(bytes);
          if (rehearsal.text().contains("200 OK")) {
            assertThat(lines).hasSize(1);
          }
          for (String line : lines) {
            assertThat(line).matches("[ -~]*");
            String fields = line.replaceAll("\\\\.", "");
            assertThat(fields)
                .matches("[^ ]+ - - \\[[^]]*] \"[^\"]*\" \\d+ (-|\\d+) \"[^\"]*\" \"[^\"]*\"");
          }
        });
  }

  @Test
  void a_log_that_cannot_be_written_does_not_stop_the_answer() {
    Appendable full =
        new Appendable() {
          @Override
          public Appendable append(CharSequence text) throws IOException {
            throw new IOException("no space left on device");
          }

          @Override
          public Appendable append(CharSequence text, int start, int end) throws IOException {
            throw new IOException("no space left on device");
          }

          @Override
          public Appendable append(char c) throws IOException {
            throw new IOException("no space left on device");
          }
        };
    var logger = java.util.logging.Logger.getLogger("usher.http");
    logger.setUseParentHandlers(false);
    try {
      assertThat(run(AccessLog.to(full), HELLO, request("GET", "/")).status()).isEqualTo(200);
    } finally {
      logger.setUseParentHandlers(true);
    }
    var text = new StringBuilder();
    run(AccessLog.to(text).withWall(WALL), HELLO, request("GET", "/"));
    run(AccessLog.to(text).withWall(WALL), HELLO, request("GET", "/"));
    assertThat(text.toString().lines()).hasSize(2);
  }

  @Test
  void the_text_of_the_time_moves_on_with_the_clock() {
    var now = new AtomicLong(0);
    AccessLog moving = AccessLog.to(lines::add).withWall(() -> Instant.ofEpochMilli(now.get()));
    for (long time : new long[] {0, 999, 1_000, 86_400_000L}) {
      now.set(time);
      run(moving, HELLO, request("GET", "/"));
    }
    assertThat(lines)
        .extracting(line -> line.substring(line.indexOf('['), line.indexOf(']') + 1))
        .containsExactly(
            "[01/Jan/1970:00:00:00 +0000]",
            "[01/Jan/1970:00:00:00 +0000]",
            "[01/Jan/1970:00:00:01 +0000]",
            "[02/Jan/1970:00:00:00 +0000]");
  }

  // ---- request ids

  private static final HttpHandler ECHO_ID =
      r -> HttpResponse.text(String.valueOf(r.header("X-Request-Id")));

  @ParameterizedTest
  @ValueSource(strings = {"a", "7b6f-11", "Root=1-67891233-abcdef", "a.b_c~d+e/f=g:h@i"})
  void a_harmless_id_is_kept(String id) {
    HttpResponse response =
        run(RequestIds.of(() -> "fresh"), ECHO_ID, request("GET", "/", "X-Request-Id", id));
    assertThat(response.headers().all("X-Request-Id")).containsExactly(id);
    assertThat(response.body()).isEqualTo(HttpResponse.text(id).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\"b", "a<b>", "a;b", "a,b", "\u00e9", "a\tb"})
  void any_other_id_is_replaced(String id) {
    HttpResponse response =
        run(RequestIds.of(() -> "fresh"), ECHO_ID, request("GET", "/", "X-Request-Id", id));
    assertThat(response.headers().all("X-Request-Id")).containsExactly("fresh");
    assertThat(response.body()).isEqualTo(HttpResponse.text("fresh").body());
  }

  @Test
  void ids_have_a_most_length_and_come_alone() {
    RequestIds ids = RequestIds.of(() -> "fresh");
    String most = "x".repeat(RequestIds.MOST);
    assertThat(
            run(ids, ECHO_ID, request("GET", "/", "X-Request-Id", most))
                .headers()
                .first("X-Request-Id"))
        .isEqualTo(most);
    assertThat(
            run(ids, ECHO_ID, request("GET", "/", "X-Request-Id", most + "x"))
                .headers()
                .first("X-Request-Id"))
        .isEqualTo("fresh");
    HttpRequest twice = request("GET", "/", "X-Request-Id", "a", "X-Request-Id", "b");
    assertThat(run(ids, ECHO_ID, twice).headers().all("X-Request-Id")).containsExactly("fresh");
    assertThat(run(ids, ECHO_ID, request("GET", "/")).headers().all("X-Request-Id"))
        .containsExactly("fresh");
    HttpHandler refusing =
        r -> {
          throw new HttpException(404, "none");
        };
    assertThat(run(ids, refusing, request("GET", "/")).headers().first("X-Request-Id"))
        .isEqualTo("fresh");
  }

  @Test
  void random_ids_differ() {
    String one =
        run(RequestIds.random(), ECHO_ID, request("GET", "/")).headers().first("X-Request-Id");
    String other =
        run(RequestIds.random(), ECHO_ID, request("GET", "/")).headers().first("X-Request-Id");
    assertThat(one).matches("[0-9a-f]{32}").isNotEqualTo(other);
  }

  // ---- CORS

  private static final String HERE = "https://app.example.org";
  private static final Cors CORS =
      Cors.origins(HERE, "http://localhost:3000")
          .withMethods("GET", "PUT")
          .withHeaders("Content-Type", "X-Token")
          .withExposed("ETag", "X-Total")
          .withCredentials()
          .withMaxAge(Duration.ofSeconds(60));

  private static Headers preflight(Cors cors, String... fields) {
    HttpHandler never =
        r -> {
          throw new AssertionError("a preflight went on");
        };
    HttpResponse response = run(cors, never, request("OPTIONS", "/a", fields));
    assertThat(response.status()).isEqualTo(204);
    return response.headers();
  }

  @Test
  void a_preflight_is_answered_with_what_is_allowed() {
    Headers headers =
        preflight(
            CORS,
            "Origin",
            HERE,
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            "x-token, content-type");
    assertThat(headers.first("Access-Control-Allow-Origin")).isEqualTo(HERE);
    assertThat(headers.first("Access-Control-Allow-Methods")).isEqualTo("GET, PUT");
    assertThat(headers.first("Access-Control-Allow-Headers")).isEqualTo("content-type, x-token");
    assertThat(headers.first("Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(headers.first("Access-Control-Max-Age")).isEqualTo("60");
    assertThat(headers.first("Vary")).contains("Origin");
  }

  @Test
  void a_preflight_for_what_is_not_allowed_gets_no_permission() {
    for (String[] fields :
        new String[][] {
          {"Origin", "https://evil.example", "Access-Control-Request-Method", "GET"},
          {"Origin", HERE + ".evil.example", "Access-Control-Request-Method", "GET"},
          {"Origin", "null", "Access-Control-Request-Method", "GET"},
          {"Origin", "HTTPS://APP.EXAMPLE.ORG", "Access-Control-Request-Method", "GET"},
          {"Origin", HERE, "Access-Control-Request-Method", "DELETE"},
          {"Origin", HERE, "Access-Control-Request-Method", "put"},
          {
            "Origin",
            HERE,
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            "x-other"
          },
        }) {
      Headers headers = preflight(CORS, fields);
      for (Headers.Field field : headers) {
        assertThat(field.name()).doesNotStartWith("Access-Control");
      }
      assertThat(headers.first("Vary")).contains("Origin");
    }
  }

  @Test
  void an_answer_to_an_allowed_origin_says_so() {
    HttpHandler inner = r -> HttpResponse.text("x").header("Vary", "Accept-Encoding");
    Headers headers = run(CORS, inner, request("GET", "/", "Origin", HERE)).headers();
    assertThat(headers.first("Access-Control-Allow-Origin")).isEqualTo(HERE);
    assertThat(headers.first("Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(headers.first("Access-Control-Expose-Headers")).isEqualTo("ETag, X-Total");
    assertThat(headers.all("Vary")).containsExactly("Accept-Encoding", "Origin");
  }

  @Test
  void an_answer_to_any_other_origin_or_to_none_does_not() {
    for (String[] fields :
        new String[][] {{}, {"Origin", "https://evil.example"}, {"Origin", "null"}}) {
      Headers headers = run(CORS, HELLO, request("GET", "/", fields)).headers();
      assertThat(headers.has("Access-Control-Allow-Origin")).isFalse();
      assertThat(headers.has("Access-Control-Allow-Credentials")).isFalse();
      assertThat(headers.first("Vary")).isEqualTo("Origin");
    }
  }

  @Test
  void a_page_may_read_what_was_refused() {
    HttpHandler refusing =
        r -> {
          throw new HttpException(404, "none").withHeader("X-Total", "0");
        };
    Headers headers = run(CORS, refusing, request("GET", "/", "Origin", HERE)).headers();
    assertThat(headers.first("Access-Control-Allow-Origin")).isEqualTo(HERE);
    assertThat(headers.first("X-Total")).isEqualTo("0");
    assertThat(headers.first("Vary")).isEqualTo("Origin");
  }

  @Test
  void every_origin_may_be_allowed_but_never_with_credentials() {
    Cors any = Cors.anyOrigin();
    Headers headers = run(any, HELLO, request("GET", "/", "Origin", "https://x.example")).headers();
    assertThat(headers.first("Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(headers.has("Access-Control-Allow-Credentials")).isFalse();
    assertThat(headers.has("Vary")).isFalse();
    assertThat(
            preflight(any, "Origin", "https://x.example", "Access-Control-Request-Method", "POST")
                .first("Access-Control-Allow-Origin"))
        .isEqualTo("*");
    assertThatThrownBy(any::withCredentials).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_ordinary_options_goes_on() {
    HttpHandler inner = r -> HttpResponse.status(204).header("Allow", "GET");
    for (String[] fields :
        new String[][] {{}, {"Origin", HERE}, {"Access-Control-Request-Method", "GET"}}) {
      assertThat(run(CORS, inner, request("OPTIONS", "/", fields)).headers().first("Allow"))
          .isEqualTo("GET");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "example.org",
        "https://example.org/",
        "https://a b",
        "https://",
        "https://a.org,https://b.org",
        ""
      })
  void what_is_no_origin_is_refused(String origin) {
    assertThatThrownBy(() -> Cors.origins(origin)).isInstanceOf(IllegalArgumentException.class);
  }
}
