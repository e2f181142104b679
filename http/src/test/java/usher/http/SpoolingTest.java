package usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import usher.session.Limits;
import usher.session.Overload;
import usher.session.Timeouts;
import usher.testkit.drive.Rehearsal;

/// Bodies in memory and on their way into a spool.
final class SpoolingTest {
  private static final int MEMORY = 2_000;

  private final TestSpool.Opener spools = new TestSpool.Opener();
  private final List<Throwable> failures = new ArrayList<>();
  private final List<String> bodies = new ArrayList<>();

  private Rehearsal rehearsal(HttpHandler handler) {
    HttpProtocol protocol =
        HttpProtocol.of(handler)
            .withSpools(spools)
            .withFailures((_, thrown) -> failures.add(thrown));
    return Rehearsal.of(protocol, Limits.DEFAULT.withBodyMemory(MEMORY), Timeouts.DEFAULT);
  }

  private Rehearsal rehearsal() {
    return rehearsal(
        request -> {
          bodies.add((request.body().inMemory() ? "memory " : "spool ") + request.body().text());
          return HttpResponse.status(200);
        });
  }

  private static String sized(int length) {
    return "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n" + text(length);
  }

  private static String chunked(int... sizes) {
    var wire = new StringBuilder("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int size : sizes) {
      wire.append(Integer.toHexString(size)).append("\r\n").append(text(size)).append("\r\n");
    }
    return wire.append("0\r\n\r\n").toString();
  }

  private static String text(int length) {
    return "0123456789".repeat(length / 10 + 1).substring(0, length);
  }

  @Test
  void up_to_the_limit_a_body_stays_in_memory() {
    for (int length : new int[] {1, MEMORY - 1, MEMORY}) {
      rehearsal().send(sized(length));
      rehearsal().send(chunked(length));
      rehearsal().sendEach(sized(length).getBytes(StandardCharsets.ISO_8859_1));
      rehearsal().sendEach(chunked(length).getBytes(StandardCharsets.ISO_8859_1));
      assertThat(bodies).hasSize(4).containsOnly("memory " + text(length));
      bodies.clear();
    }
    assertThat(spools.opened).isEmpty();
  }

  @Test
  void beyond_the_limit_it_is_spooled_a_window_at_a_time() {
    for (int length : new int[] {MEMORY + 1, 2 * MEMORY, 2 * MEMORY + 1}) {
      rehearsal().send(sized(length));
      rehearsal().send(chunked(length));
      rehearsal().sendEach(sized(length).getBytes(StandardCharsets.ISO_8859_1));
      rehearsal().sendEach(chunked(length).getBytes(StandardCharsets.ISO_8859_1));
      assertThat(bodies).hasSize(4).containsOnly("spool " + text(length));
      bodies.clear();
    }
    assertThat(spools.opened.get(0).appends).containsExactly(MEMORY, 1);
    assertThat(spools.opened.get(4).appends).containsExactly(MEMORY, MEMORY);
    assertThat(spools.closings()).hasSize(12).containsOnly(1);
  }

  @Test
  void chunks_are_joined_before_they_are_spooled() {
    rehearsal().send(chunked(MEMORY - 1, 1, 1, MEMORY));
    assertThat(bodies)
        .containsExactly("spool " + text(MEMORY - 1) + text(1) + text(1) + text(MEMORY));
    assertThat(spools.opened.get(0).appends).containsExactly(MEMORY, MEMORY, 1);
  }

  @Test
  void a_connection_goes_on_behind_a_spooled_body() {
    var rehearsal = rehearsal().send(sized(3 * MEMORY) + sized(5) + chunked(MEMORY + 5));
    assertThat(bodies)
        .containsExactly(
            "spool " + text(3 * MEMORY), "memory " + text(5), "spool " + text(MEMORY + 5));
    assertThat(rehearsal.open()).isTrue();
    assertThat(spools.closings()).containsExactly(1, 1);
  }

  @Test
  void while_a_spill_is_under_way_no_input_is_wanted() {
    var rehearsal = rehearsal().hold().send(sized(3 * MEMORY));
    assertThat(rehearsal.held()).isEqualTo(1);
    assertThat(rehearsal.wantsInput()).isFalse();
    assertThat(rehearsal.due()).isNull();
    rehearsal.release().release().release().release();
    assertThat(bodies).containsExactly("spool " + text(3 * MEMORY));
  }

  @Test
  void the_time_of_a_spill_is_not_the_peers() {
    var rehearsal = rehearsal();
    rehearsal.send(sized(3 * MEMORY).substring(0, 300));
    assertThat(rehearsal.due()).hasSeconds(20);
    rehearsal.hold().send(text(MEMORY));
    assertThat(rehearsal.held()).isEqualTo(1);
    rehearsal.advance(java.time.Duration.ofSeconds(100));
    assertThat(rehearsal.open()).isTrue();
    rehearsal.release();
    assertThat(rehearsal.due()).hasSeconds(20);
  }

  @Test
  void a_spool_lives_until_the_answer_has_been_sent() {
    var source = new ArrayList<HttpRequest>();
    var rehearsal =
        rehearsal(
                request -> {
                  source.add(request);
                  return HttpResponse.of("text/plain", new Demo.Lines("a", "b"));
                })
            .hold();
    rehearsal.send(sized(MEMORY + 1)).release().release().release();
    assertThat(rehearsal.text()).isNotEmpty();
    assertThat(spools.closings()).containsExactly(0);
    assertThat(source.get(0).body().text()).isEqualTo(text(MEMORY + 1));
    rehearsal.release().release().release();
    assertThat(rehearsal.held()).isZero();
    assertThat(spools.closings()).containsExactly(1);
  }

  @Test
  void an_inline_handler_of_a_spooled_body_is_called_as_a_blocking_one() {
    HttpHandler inline = HttpHandler.inline(r -> HttpResponse.text("" + r.body().length()));
    var spooled = rehearsal(inline).hold().send(sized(MEMORY + 1)).release().release();
    assertThat(spooled.text()).isEmpty();
    assertThat(spooled.release().text()).endsWith("\r\n\r\n2001");
    assertThat(rehearsal(inline).hold().send(sized(MEMORY)).text()).endsWith("\r\n\r\n2000");
  }

  @Test
  void a_spool_is_closed_when_the_handler_throws() {
    var rehearsal =
        rehearsal(
            request -> {
              throw new IllegalStateException("x");
            });
    rehearsal.send(sized(MEMORY + 1));
    assertThat(rehearsal.text()).startsWith("HTTP/1.1 500 ");
    assertThat(rehearsal.open()).isTrue();
    assertThat(spools.closings()).containsExactly(1);
    assertThat(failures).hasSize(1);
  }

  @Test
  void a_spool_that_is_full_is_an_error_of_ours() {
    spools.full = true;
    var rehearsal = rehearsal().send(sized(2 * MEMORY));
    assertThat(rehearsal.text()).startsWith("HTTP/1.1 500 ").contains("Connection: close");
    assertThat(rehearsal.ended()).isEqualTo(Rehearsal.End.LINGERED);
    assertThat(spools.closings()).containsExactly(1);
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0)).hasMessage("no space left");
  }

  @Test
  void a_spool_that_becomes_full_is_closed_once() {
    var rehearsal = rehearsal().hold().send(sized(3 * MEMORY)).release();
    spools.full = true;
    rehearsal.release();
    assertThat(rehearsal.text()).startsWith("HTTP/1.1 500 ");
    assertThat(spools.closings()).containsExactly(1);
  }

  @Test
  void a_spool_that_cannot_be_opened_is_an_error_of_ours() {
    spools.closed = true;
    var rehearsal = rehearsal().send(sized(2 * MEMORY));
    assertThat(rehearsal.text()).startsWith("HTTP/1.1 500 ");
    assertThat(failures).hasSize(1);
  }

  @Test
  void a_spill_that_is_refused_is_overload() {
    var rehearsal = rehearsal().hold().send(sized(2 * MEMORY)).refuse(new Overload("full"));
    assertThat(rehearsal.text()).startsWith("HTTP/1.1 503 ").contains("\r\nRetry-After: 1\r\n");
    assertThat(rehearsal.ended()).isEqualTo(Rehearsal.End.LINGERED);
    assertThat(failures).isEmpty();
  }

  @Test
  void a_lost_connection_closes_its_spool() {
    rehearsal().send(sized(3 * MEMORY).substring(0, 2 * MEMORY + 500)).lose();
    assertThat(spools.closings()).containsExactly(1);
  }

  @Test
  void a_connection_lost_before_its_spill_opens_none() {
    rehearsal().hold().send(sized(3 * MEMORY)).lose().release();
    assertThat(spools.opened).isEmpty();
  }

  @Test
  void a_connection_lost_during_its_handler_keeps_the_spool_until_that_has_ended() {
    var rehearsal = rehearsal().hold().send(sized(MEMORY + 1)).release().release();
    assertThat(rehearsal.held()).isEqualTo(1);
    rehearsal.lose();
    assertThat(spools.closings()).containsExactly(0);
    rehearsal.release();
    assertThat(spools.closings()).containsExactly(1);
    assertThat(bodies).isEmpty();
  }

  @Test
  void an_ended_or_late_body_closes_its_spool() {
    var ended = rehearsal().send(sized(3 * MEMORY).substring(0, 2 * MEMORY + 500)).end();
    assertThat(ended.text()).startsWith("HTTP/1.1 400 ");
    var late = rehearsal().send(sized(3 * MEMORY).substring(0, 2 * MEMORY + 500));
    late.advance(java.time.Duration.ofSeconds(21));
    assertThat(late.text()).startsWith("HTTP/1.1 408 ");
    assertThat(spools.closings()).containsExactly(1, 1);
  }

  @Test
  void a_chunked_body_that_breaks_closes_its_spool() {
    var rehearsal = rehearsal().send(chunked(2 * MEMORY).replace("0\r\n\r\n", "x"));
    assertThat(rehearsal.text()).startsWith("HTTP/1.1 400 ");
    assertThat(spools.closings()).containsExactly(1);
  }

  @Test
  void memory_is_taken_as_bytes_come_not_as_they_are_announced() {
    var rehearsal =
        Rehearsal.of(
            HttpProtocol.of(HttpHandler.inline(_ -> HttpResponse.status(200))),
            Limits.DEFAULT.withBodyMemory(1 << 20),
            Timeouts.DEFAULT);
    rehearsal.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nx");
    assertThat(Reachable.bytes(rehearsal.session())).isLessThan(2_000);
    var small = rehearsal().send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx");
    assertThat(Reachable.bytes(small.session())).isLessThan(500);
  }
}
