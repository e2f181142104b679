package usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import usher.testkit.drive.Rehearsal;

/// Ends of connections in the midst of pipelined requests, and the deadlines of each state.
final class LifecycleTest {
  private static final String GET = "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String LATER =
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx";

  private static Rehearsal rehearsal() {
    return Rehearsal.of(new Demo().protocol());
  }

  private static int answers(Rehearsal rehearsal) {
    return rehearsal.text().split("HTTP/1\\.1 200 ", -1).length - 1;
  }

  private static int closes(Rehearsal rehearsal) {
    return rehearsal.text().split("Connection: close", -1).length - 1;
  }

  @Test
  void requests_that_came_before_the_end_of_input_are_all_answered() {
    var rehearsal = rehearsal().hold().send(LATER + LATER + GET).end();
    assertThat(answers(rehearsal)).isZero();
    rehearsal.release().release();
    assertThat(answers(rehearsal)).isEqualTo(3);
    assertThat(closes(rehearsal)).isEqualTo(1);
    assertThat(rehearsal.text()).contains("Connection: close\r\n\r\nHello");
    assertThat(rehearsal.ended()).isEqualTo(Rehearsal.End.CLOSED);
  }

  @Test
  void half_a_request_before_the_end_of_input_is_refused_after_the_whole_ones() {
    var rehearsal = rehearsal().hold().send(LATER + "GET /hel").end().release();
    assertThat(answers(rehearsal)).isEqualTo(1);
    assertThat(rehearsal.text()).endsWith("400 Bad Request: the request ends within its head\n");
    assertThat(rehearsal.ended()).isEqualTo(Rehearsal.End.CLOSED);
  }

  @Test
  void requests_that_came_before_a_drain_are_all_answered() {
    var rehearsal = rehearsal().hold().send(LATER + GET + LATER).drain().release();
    assertThat(answers(rehearsal)).isEqualTo(2);
    assertThat(closes(rehearsal)).isZero();
    rehearsal.release();
    assertThat(answers(rehearsal)).isEqualTo(3);
    assertThat(closes(rehearsal)).isEqualTo(1);
    assertThat(rehearsal.ended()).isEqualTo(Rehearsal.End.LINGERED);
  }

  @Test
  void a_drain_within_an_answer_ends_the_connection_after_it() {
    var rehearsal = rehearsal().hold();
    rehearsal.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n").release().drain();
    assertThat(rehearsal.open()).isTrue();
    while (rehearsal.held() > 0) {
      rehearsal.release();
    }
    assertThat(rehearsal.text()).endsWith("three\n\r\n0\r\n\r\n");
    // It could not say so any more, so the client may ask once more, for a moment.
    assertThat(rehearsal.open()).isTrue();
    rehearsal.advance(Duration.ofSeconds(1));
    assertThat(rehearsal.open()).isFalse();
  }

  @Test
  void a_drain_within_a_body_waits_for_it() {
    var rehearsal = rehearsal();
    rehearsal.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nx").drain();
    assertThat(rehearsal.open()).isTrue();
    rehearsal.send("y");
    assertThat(rehearsal.text()).contains("Connection: close").endsWith("xy");
    assertThat(rehearsal.ended()).isEqualTo(Rehearsal.End.LINGERED);
  }

  @Test
  void what_comes_behind_a_closing_request_is_not_answered() {
    var rehearsal =
        rehearsal().send(GET.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n") + GET);
    assertThat(answers(rehearsal)).isEqualTo(1);
    assertThat(rehearsal.ended()).isEqualTo(Rehearsal.End.LINGERED);
  }

  @Test
  void each_state_has_its_deadline() {
    var rehearsal = rehearsal().hold();
    assertThat(rehearsal.due()).hasSeconds(60);
    rehearsal.send("POST");
    assertThat(rehearsal.due()).hasSeconds(10);
    rehearsal.advance(Duration.ofSeconds(4)).send(" /echo HTTP/1.1\r\nHost: a\r\n");
    assertThat(rehearsal.due()).hasSeconds(6);
    rehearsal.send("Content-Length: 20000\r\n\r\n");
    assertThat(rehearsal.due()).hasSeconds(20);
    rehearsal.advance(Duration.ofSeconds(4)).send("x".repeat(512));
    assertThat(rehearsal.due()).hasSeconds(16);
    // At 512 bytes a second these take longer than the grace.
    rehearsal.send("x".repeat(512 * 29));
    assertThat(rehearsal.due()).hasSeconds(26);
    rehearsal.send("x".repeat(20_000 - 512 * 30));
    assertThat(rehearsal.due()).isNull();
    rehearsal.release();
    assertThat(rehearsal.due()).hasSeconds(60);
  }

  @Test
  void an_expiry_that_comes_too_early_changes_nothing() {
    var rehearsal = rehearsal().send("GET");
    rehearsal.session().expire(rehearsal.time().getAsLong());
    rehearsal.settle();
    assertThat(rehearsal.open()).isTrue();
    assertThat(rehearsal.due()).hasSeconds(10);
  }

  @Test
  void a_large_body_has_a_deadline_that_does_not_wrap_around() {
    long second = 1_000_000_000L;
    assertThat(Intake.due(7, 0, 1, 20 * second)).isEqualTo(20 * second + 7);
    assertThat(Intake.due(7, 20, 1, 20 * second)).isEqualTo(20 * second + 7);
    assertThat(Intake.due(7, 21, 1, 20 * second)).isEqualTo(21 * second + 7);
    assertThat(Intake.due(7, 43, 2, 20 * second)).isEqualTo(21 * second + second / 2 + 7);
    assertThat(Intake.due(7, 20L << 30, 1, second)).isEqualTo(Long.MAX_VALUE);
    assertThat(Intake.due(7, Long.MAX_VALUE, 1, second)).isEqualTo(Long.MAX_VALUE);
    assertThat(Intake.due(Long.MAX_VALUE - second, 0, 1, second)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void a_body_that_came_along_is_not_asked_for() {
    String expecting = LATER.replace("Content", "Expect: 100-continue\r\nContent");
    assertThat(rehearsal().send(expecting).text()).startsWith("HTTP/1.1 200 ");
    var held = rehearsal().send(expecting.substring(0, expecting.length() - 1));
    assertThat(held.text()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
  }
}
