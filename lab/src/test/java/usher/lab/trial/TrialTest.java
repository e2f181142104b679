package usher.lab.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import usher.http.HttpHandler;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.lab.junit.Meets;

final class TrialTest {
  /// As users write them.
  public static final class Quick implements HttpHandler {
    public Quick() {}

    @Override
    public HttpResponse handle(HttpRequest request) {
      return HttpResponse.text("quick");
    }
  }

  /// Takes 30 ms.
  public static final class Slow implements HttpHandler {
    public Slow() {}

    @Override
    public HttpResponse handle(HttpRequest request) throws InterruptedException {
      Thread.sleep(30);
      return HttpResponse.text("slow");
    }
  }

  private static Trial brief(Class<? extends HttpHandler> handler) {
    return Trial.of(handler).lasting(Duration.ofMillis(200), Duration.ofMillis(600));
  }

  @Meets(handler = Quick.class, rate = 50, objective = "p50=5s", seconds = 0.5)
  void an_objective_is_a_test(Trial.Outcome outcome) {
    assertThat(outcome.met()).isTrue();
    assertThat(outcome.good()).isPositive();
  }

  @Test
  void a_handler_that_is_too_slow_misses_it() throws Exception {
    Trial.Outcome outcome = brief(Slow.class).objective("p50=20ms").run();
    assertThat(outcome.met()).isFalse();
    assertThat(outcome.toString()).contains("Slow", "virtual-threads", "p50=20ms is missed");
    assertThat(outcome.millis()).isGreaterThanOrEqualTo(30);
  }

  @Test
  void requests_that_are_not_answered_miss_it_too() throws Exception {
    // One at a time, each 30 ms: 400 a second cannot be.
    Trial.Outcome outcome =
        brief(Slow.class).model("event-loop").rate(400).objective("p99=500ms").run();
    assertThat(outcome.met()).isFalse();
  }

  @Test
  void what_is_no_model_or_no_objective_is_refused() {
    assertThatThrownBy(() -> brief(Quick.class).model("events"))
        .hasMessage("there is no model events");
    assertThatThrownBy(() -> brief(Quick.class).objective("fast"))
        .hasMessageContaining("not an objective: fast");
  }
}
