package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpResponse;
import usher.server.Address;
import usher.server.Model;
import usher.server.Server;

/// A server that stalls for a second. Those who come meanwhile wait, whether or not the generator
/// has a connection free to send their requests.
final class CoordinatedOmissionTest {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong begun = new AtomicLong();

  /// Serves on one loop, which stands still once for a second, a second after the first request.
  private Server stalling() throws IOException {
    begun.set(0);
    HttpHandler handler =
        HttpHandler.inline(
            _ -> {
              long now = System.nanoTime();
              begun.compareAndSet(0, now);
              if (begun.get() != -1 && now - begun.get() > SECOND) {
                begun.set(-1);
                long until = now + SECOND;
                while (System.nanoTime() < until) {
                  LockSupport.parkNanos(until - System.nanoTime());
                }
              }
              return HttpResponse.text("hello");
            });
    return Server.builder()
        .listen(Address.tcp(0))
        .serve(HttpProtocol.of(handler))
        .model(new Model.EventLoop())
        .start();
  }

  @Test
  void the_open_loop_shows_the_stall_that_the_closed_loop_hides() throws IOException {
    LoadReport open;
    LoadReport closed;
    try (Server server = stalling()) {
      open = Plans.to(server.addresses().getFirst()).even(500).connections(10).seconds(4).run();
    }
    try (Server server = stalling()) {
      closed = Plans.to(server.addresses().getFirst()).closed().connections(10).seconds(4).run();
    }

    Latencies seen = open.latencies("/");
    assertThat(open.failures()).isEmpty();
    assertThat(open.good()).isEqualTo(2_000);
    // A quarter of all came during the stall and waited half of it on average.
    assertThat(seen.millis(99)).isGreaterThan(700);
    assertThat(seen.millis(90)).isGreaterThan(300);
    assertThat(open.waitedForConnection()).isGreaterThan(300);
    assertThat(open.slices().stream().filter(slice -> slice.p99Millis() > 300).count())
        .isGreaterThanOrEqualTo(6);

    // Ten requests of the closed loop met it, one a connection: too few for a percentile to show.
    Latencies hidden = closed.latencies("/");
    assertThat(hidden.maxMillis()).isGreaterThan(700);
    assertThat(hidden.millis(99)).isLessThan(seen.millis(99) / 2);
  }
}
