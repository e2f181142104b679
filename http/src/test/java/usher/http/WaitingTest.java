package usher.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import usher.session.Limits;
import usher.session.Opening;
import usher.session.Outcome;
import usher.session.Session;
import usher.session.Step;
import usher.session.Timeouts;

/// What a request on its way says of itself, and learns of its waiting.
final class WaitingTest {
  private final AtomicLong waited = new AtomicLong(-1);
  private final Session session =
      HttpProtocol.of(
              request -> {
                waited.set(request.withMethod("POST").withHeader("A", "b").waited());
                return HttpResponse.text("Hello");
              })
          .open(
              new Opening(
                  HttpRequest.of("GET", "/").peer(),
                  Limits.DEFAULT,
                  Timeouts.DEFAULT,
                  InstantSource.system()));

  private Step.Call call() {
    session.receive(
        ByteBuffer.wrap(
            "GET /a?b HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    return (Step.Call) session.next(1);
  }

  @Test
  void a_session_says_which_request_it_is_at() {
    assertThat(session.task()).isEmpty();
    Step.Call call = call();
    assertThat(session.task()).isEqualTo("GET /a?b");
    session.complete(call.key(), new Outcome.Value(HttpResponse.text("Hello")));
    while (!(session.next(2) instanceof Step.Park)) {
      // It is answered.
    }
    assertThat(session.task()).isEmpty();
  }

  @Test
  void a_handler_can_ask_for_how_long_its_request_has_waited() throws Exception {
    Step.Task task = call().task();
    assertThat(task.refusable()).isTrue();
    task.waited(5_000_000);
    var _ = task.run();
    assertThat(waited).hasValue(5_000_000);
  }
}
