package usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import usher.session.Limits;
import usher.session.Timeouts;
import usher.testkit.drive.Cuts;
import usher.testkit.drive.HttpAnswers.Answer;
import usher.testkit.drive.HttpOracle;
import usher.testkit.drive.Rehearsal;
import usher.testkit.drive.Trials;
import usher.testkit.drive.Trials.Dice;

/// What holds for all requests, tried with random ones.
final class PropertiesTest {
  private static final int TRIES = Integer.getInteger("usher.trials", 2_000);

  /// Small, so that they are met.
  private static final Limits LIMITS =
      Limits.DEFAULT
          .withHeadBytes(600)
          .withHeadFields(12)
          .withBodyBytes(4_000)
          .withBodyMemory(1_024);

  /// Answers with all that it understood.
  private static final HttpProtocol MIRROR =
      HttpProtocol.of(
              HttpHandler.inline(
                  request ->
                      HttpResponse.bytes(
                              "text/plain",
                              (request + "\n" + request.headers() + "\n" + request.trailers())
                                  .concat(request.body().text(StandardCharsets.ISO_8859_1))
                                  .getBytes(StandardCharsets.ISO_8859_1))
                          .header("X-Method", request.method())))
          .withFailures(
              (request, thrown) -> {
                throw new AssertionError("failed: " + request, thrown);
              });

  private final HttpOracle oracle = new HttpOracle(MIRROR, LIMITS);

  @Test
  void a_valid_request_is_understood_however_it_is_cut() {
    Trials.run(
        TRIES,
        dice -> {
          var seen = new ArrayList<HttpRequest>();
          HttpProtocol protocol =
              HttpProtocol.of(
                  HttpHandler.inline(
                      request -> {
                        seen.add(request);
                        return HttpResponse.status(200);
                      }));
          List<RandomRequest> sent = new ArrayList<>();
          var wire = new StringBuilder();
          for (int i = dice.between(1, 4); i > 0; i--) {
            RandomRequest next = RandomRequest.of(dice);
            sent.add(next);
            wire.append(next.wire());
          }
          byte[] bytes = wire.toString().getBytes(StandardCharsets.ISO_8859_1);
          try (var rehearsal = Rehearsal.of(protocol, Limits.DEFAULT, Timeouts.DEFAULT)) {
            rehearsal.send(bytes, Cuts.random(dice, bytes.length, 12));
            assertThat(rehearsal.open()).isTrue();
          }
          assertThat(seen).hasSameSizeAs(sent);
          for (int i = 0; i < sent.size(); i++) {
            same(sent.get(i), seen.get(i));
          }
        });
  }

  private static void same(RandomRequest sent, HttpRequest seen) {
    assertThat(seen.method()).isEqualTo(sent.method());
    assertThat(seen.target().raw()).isEqualTo(sent.target());
    assertThat(pairs(seen.headers())).isEqualTo(sent.fields());
    assertThat(pairs(seen.trailers())).isEqualTo(sent.trailers());
    assertThat(seen.body().text(StandardCharsets.ISO_8859_1)).isEqualTo(sent.body());
    assertThat(seen.header("hOsT")).isEqualTo("example.test:80");
  }

  private static List<String> pairs(Headers headers) {
    var pairs = new ArrayList<String>();
    for (Headers.Field field : headers) {
      pairs.add(field.name());
      pairs.add(field.value());
    }
    return pairs;
  }

  @Test
  void valid_requests_are_answered_alike_at_every_cut() {
    Trials.run(
        TRIES,
        dice -> {
          byte[] bytes = stream(dice);
          List<Answer> answers = oracle.judge(bytes, Cuts.random(dice, bytes.length, 12));
          assertThat(answers.get(0).status()).isIn(200, 431, 414);
        });
  }

  @Test
  void whatever_comes_is_answered_in_order_or_refused() {
    Trials.run(
        5 * TRIES,
        dice -> {
          byte[] bytes = mutated(dice, stream(dice));
          oracle.judge(bytes, Cuts.random(dice, bytes.length, 12));
        });
  }

  @Test
  void so_is_what_comes_a_byte_at_a_time() {
    Trials.run(
        TRIES,
        dice -> {
          byte[] bytes = mutated(dice, stream(dice));
          oracle.judge(bytes, Cuts.each(bytes.length));
        });
  }

  private static byte[] stream(Dice dice) {
    var wire = new StringBuilder();
    for (int i = dice.between(1, 3); i > 0; i--) {
      wire.append(RandomRequest.of(dice).wire());
    }
    return wire.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] mutated(Dice dice, byte[] valid) {
    byte[] bytes = valid;
    for (int i = dice.between(1, 3); i > 0; i--) {
      int at = dice.below(bytes.length);
      bytes =
          switch (dice.below(5)) {
            case 0 -> replaced(bytes, at, at + 1, dice.bytes(1));
            case 1 -> replaced(bytes, at, at + 1, new byte[0]);
            case 2 -> replaced(bytes, at, at, ascii(dice.of(TRICKS)));
            case 3 -> replaced(bytes, at, Math.min(bytes.length, at + dice.below(20)), new byte[0]);
            default -> {
              int end = Math.min(bytes.length, at + dice.below(30));
              yield replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            }
          };
      if (bytes.length == 0) {
        return valid;
      }
    }
    return bytes;
  }

  private static final List<String> TRICKS =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "\r\n\r\n",
          " ",
          "\t",
          "\0",
          ":",
          ",",
          ";",
          "0",
          "f",
          "%",
          "*",
          "/",
          " HTTP/1.1",
          "http://a",
          "HTTP/1.0",
          "Host: b\r\n",
          "Content-Length: 5\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Connection: close\r\n",
          "Expect: 100-continue\r\n",
          "\r\n 0\r\n\r\n",
          "X: " + "y".repeat(500),
          "ffffffffffffffff",
          "-",
          "Connection: keep-alive\r\n");

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
    var result = new byte[bytes.length - (to - from) + by.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(by, 0, result, from, by.length);
    System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
    return result;
  }
}
