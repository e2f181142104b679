package usher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import usher.server.Address;
import usher.server.Model;
import usher.server.Patience;
import usher.server.Probe.Drop;
import usher.server.Probe.Refusal;
import usher.server.Server;
import usher.session.Cause;
import usher.session.Peer;
import usher.session.Step;
import usher.testkit.Await;
import usher.testkit.contract.Lines;

/// The same meters with the same counts, whichever model serves.
final class ServerMetersTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration BLINK = Duration.ofMillis(200);

  static Stream<Model> models() {
    return Model.inProcess().stream();
  }

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ServerMeters meters = new ServerMeters(registry);

  /// What is counted for a model with loops alone is left out.
  private Map<String, Double> counts() {
    Map<String, Double> counts = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      String name = meter.getId().getName() + meter.getId().getTags();
      double count =
          switch (meter) {
            case Counter counter -> counter.count();
            case Timer timer -> timer.count();
            case Gauge gauge -> gauge.value();
            default -> throw new AssertionError(meter);
          };
      counts.merge(name.startsWith("usher.blocked") ? "usher.blocked" : name, count, Double::sum);
    }
    counts.keySet().removeIf(name -> name.startsWith("usher.loops."));
    return counts;
  }

  private static Socket client(Server server) throws IOException {
    Address.Tcp place = (Address.Tcp) server.addresses().getFirst();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), place.port());
    socket.setSoTimeout((int) LONG.toMillis());
    return socket;
  }

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String hear(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @MethodSource("models")
  void counts_the_same_under_every_model(Model model) throws Exception {
    CountDownLatch latch = new CountDownLatch(1);
    Lines protocol =
        new Lines(
            line ->
                List.of(
                    switch (line) {
                      case "i" -> Lines.call(Step.Kind.INLINE, () -> line);
                      case "throw" -> throw new IllegalStateException("made for this test");
                      default ->
                          Lines.call(
                              Step.Kind.BLOCKING,
                              () -> {
                                latch.await();
                                return line;
                              });
                    }));
    try (Server server =
        Server.builder()
            .listen(Address.tcp(0))
            .serve(protocol)
            .model(model)
            .probe(meters)
            .patience(new Patience(BLINK, BLINK))
            .start()) {
      meters.watch(server);
      try (Socket one = client(server)) {
        say(one, "i\n");
        assertThat(hear(one, 2)).isEqualTo("i\n");
        say(one, "h\n");
        Await.until("it is reported", LONG, () -> counts().getOrDefault("usher.blocked", 0.0) >= 1);
        assertThat(counts()).containsEntry("usher.connections.active[]", 1.0);
        latch.countDown();
        assertThat(hear(one, 2)).isEqualTo("h\n");
      }
      Await.until("the first has gone", LONG, () -> server.active() == 0);
      try (Socket two = client(server)) {
        say(two, "throw\n");
        assertThat(two.getInputStream().readAllBytes()).isEmpty();
      } catch (IOException reset) {
        // As it should be.
      }
      Await.until("the second has gone", LONG, () -> closed() == 2);
      Await.until("all seats are free", LONG, () -> server.active() == 0);

      assertThat(counts())
          .containsEntry("usher.connections.accepted[]", 2.0)
          .containsEntry("usher.connections.active[]", 0.0)
          .containsEntry("usher.connections.closed[tag(cause=finished)]", 1.0)
          .containsEntry("usher.connections.closed[tag(cause=failed)]", 1.0)
          .containsEntry("usher.failures[]", 1.0)
          .containsEntry("usher.refused[tag(why=waited)]", 0.0)
          .containsEntry("usher.refused[tag(why=queue-full)]", 0.0)
          .containsEntry("usher.broken[]", 0.0)
          .containsEntry("usher.calls[]", 2.0)
          .containsEntry("usher.calls.waited[]", 2.0)
          .containsEntry("usher.queued[]", 0.0)
          .containsEntry("usher.seated[]", 0.0)
          .hasSize(
              12 + Cause.Kind.values().length + Refusal.values().length + Drop.values().length);
    }
  }

  private double closed() {
    return registry.find("usher.connections.closed").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Test
  void each_event_has_a_meter_of_its_own() {
    Peer nobody =
        new Peer() {
          @Override
          public String remote() {
            return "192.0.2.7:1";
          }

          @Override
          public String host() {
            return "192.0.2.7";
          }

          @Override
          public String local() {
            return "192.0.2.1:80";
          }
        };
    meters.received(nobody);
    meters.dropped(nobody, Drop.TOO_LONG);
    meters.refused(Refusal.ADDRESS);
    meters.acceptFailed(new IOException("made for this test"));
    meters.broken(new IOException("made for this test"));
    meters.held(nobody, 5_000_000);
    meters.round(7_000_000);

    assertThat(counts())
        .containsEntry("usher.datagrams.received[]", 1.0)
        .containsEntry("usher.datagrams.dropped[tag(why=too-long)]", 1.0)
        .containsEntry("usher.refused[tag(why=address)]", 1.0)
        .containsEntry("usher.accept.failures[]", 1.0)
        .containsEntry("usher.broken[]", 1.0);
    assertThat(registry.get("usher.loops.held").timer().count()).isOne();
    assertThat(registry.get("usher.loops.busy").timer().count()).isOne();
  }
}
