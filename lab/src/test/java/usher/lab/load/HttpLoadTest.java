package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpRequest;
import usher.http.HttpResponse;
import usher.lab.load.LoadPlan.Shape;
import usher.lab.load.LoadPlan.Wire;
import usher.server.Address;
import usher.server.Model;
import usher.server.Server;
import usher.testkit.Await;

/// Against a server that does what it should.
final class HttpLoadTest {
  private static final Shape HELLO = new Shape("hello", 1, "GET", "/", 0, 200, 13, 0, 0);

  private final LongAdder requests = new LongAdder();
  private final LongAdder received = new LongAdder();

  static List<Model> models() {
    return List.of(new Model.EventLoop(), new Model.VirtualThreads());
  }

  private Server serve(Model model, Address address) throws IOException {
    HttpHandler handler =
        HttpHandler.blocking(
            request -> {
              requests.increment();
              return answer(request);
            });
    return Server.builder().listen(address).serve(HttpProtocol.of(handler)).model(model).start();
  }

  private HttpResponse answer(HttpRequest request) throws Exception {
    return switch (request.path()) {
      case "/" -> HttpResponse.text("Hello, World!");
      case "/large" -> HttpResponse.bytes("x/y", new byte[300_000]);
      case "/upload" -> {
        received.add(request.body().bytes().length);
        yield HttpResponse.text("thanks");
      }
      default -> HttpResponse.status(404);
    };
  }

  private static void allGood(LoadReport report) {
    assertThat(report.failures()).isEmpty();
    assertThat(report.good()).isEqualTo(report.due()).isEqualTo(report.sent()).isPositive();
    assertThat(report.latencies().values().stream().mapToLong(Latencies::count).sum())
        .isEqualTo(report.good());
  }

  /// The server sees a little later that a client has gone.
  private static void served(Server server, long clients) {
    Await.until("so many clients", Duration.ofSeconds(20), () -> server.active() == 0);
    assertThat(server.served()).isEqualTo(clients);
  }

  @ParameterizedTest
  @MethodSource("models")
  void an_open_loop_sends_what_is_due_and_counts_it(Model model) throws IOException {
    try (Server server = serve(model, Address.tcp(0))) {
      Plans plan = Plans.to(server.addresses().getFirst()).shapes(HELLO).warm(0.2);
      LoadReport report = plan.run();

      allGood(report);
      assertThat(report.due()).isEqualTo(100);
      assertThat(requests.sum()).isEqualTo(140);
      assertThat(report.seconds()).isEqualTo(0.5);
      assertThat(report.connected()).isEqualTo(2);
      assertThat(report.idleLost()).isZero();
      assertThat(report.lag().count() + report.waitedForConnection()).isEqualTo(100);
      assertThat(report.slices()).hasSize(5);
      assertThat(report.slices()).allMatch(slice -> slice.due() == 20 && slice.good() == 20);
      assertThat(report.slices())
          .allMatch(slice -> slice.p99Millis() > 0 && slice.maxMillis() >= slice.p99Millis());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_closed_loop_keeps_each_connection_busy(Model model) throws IOException {
    try (Server server = serve(model, Address.tcp(0))) {
      LoadReport report =
          Plans.to(server.addresses().getFirst()).shapes(HELLO).closed().connections(3).run();

      allGood(report);
      assertThat(requests.sum()).isEqualTo(report.due());
      assertThat(report.waitedForConnection()).isZero();
      served(server, 3);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_pipeline_has_several_requests_under_way(Model model) throws IOException {
    try (Server server = serve(model, Address.tcp(0))) {
      Shape large = new Shape("large", 1, "GET", "/large", 0, 200, 300_000, 0, 0);
      Shape head = new Shape("head", 1, "HEAD", "/large", 0, 200, 0, 0, 0);
      LoadReport report =
          Plans.to(server.addresses().getFirst())
              .shapes(HELLO, large, head)
              .closed()
              .pipeline(16)
              .run();

      allGood(report);
      assertThat(report.latencies()).containsOnlyKeys("hello", "large", "head");
      assertThat(requests.sum()).isEqualTo(report.due());
      served(server, 2);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_connection_each_is_closed_by_the_server_after_its_answer(Model model) throws IOException {
    try (Server server = serve(model, Address.tcp(0))) {
      Plans plan = Plans.to(server.addresses().getFirst()).shapes(HELLO).wire(Wire.CONNECTION_EACH);
      LoadReport open = plan.connections(20).run();
      LoadReport closed = plan.closed().run();

      allGood(open);
      allGood(closed);
      assertThat(open.due()).isEqualTo(100);
      served(server, open.due() + closed.due());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void goes_over_a_unix_socket(Model model, @TempDir Path folder) throws IOException {
    try (Server server = serve(model, Address.unix(folder.resolve("s")))) {
      Plans plan = Plans.to(server.addresses().getFirst()).shapes(HELLO);

      allGood(plan.run());
      allGood(plan.closed().pipeline(4).run());
      allGood(plan.wire(Wire.CONNECTION_EACH).run());
      allGood(plan.idle(50).run());
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void uploads_arrive_whole_be_they_small_or_large_or_slow(Model model) throws IOException {
    try (Server server = serve(model, Address.tcp(0))) {
      Shape small = new Shape("small", 1, "POST", "/upload", 100, 200, 6, 0, 0);
      Shape large = new Shape("large", 1, "POST", "/upload", 200_000, 200, 6, 0, 0);
      Shape slow = new Shape("slow", 1, "POST", "/upload", 20_000, 200, 6, 100_000, 0);
      LoadReport report =
          Plans.to(server.addresses().getFirst()).shapes(small, large, slow).connections(50).run();

      allGood(report);
      long bytes =
          report.latencies("small").count() * 100
              + report.latencies("large").count() * 200_000
              + report.latencies("slow").count() * 20_000;
      assertThat(received.sum()).isEqualTo(bytes);
      // Nothing is sent faster than it may, apart from a first block of ten milliseconds.
      assertThat(report.latencies("slow").millis(0)).isGreaterThan(180);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_slow_reader_takes_as_long_as_its_rate_says(Model model) throws IOException {
    try (Server server = serve(model, Address.tcp(0))) {
      Shape slow = new Shape("slow", 1, "GET", "/large", 0, 200, 300_000, 0, 1_000_000);
      Plans plan = Plans.to(server.addresses().getFirst()).even(20).connections(20);
      LoadReport report = plan.shapes(slow).run();
      LoadReport mixed = plan.shapes(slow, HELLO).connections(5).pipeline(2).run();

      allGood(report);
      assertThat(report.latencies("slow").millis(0)).isGreaterThan(280);
      allGood(mixed);
      assertThat(mixed.latencies("slow").millis(0)).isGreaterThan(280);
    }
  }

  @Test
  void idle_connections_are_answered_once_and_held() throws IOException {
    try (Server server = serve(new Model.EventLoop(), Address.tcp(0))) {
      AtomicLong most = new AtomicLong();
      LoadPlan plan = Plans.to(server.addresses().getFirst()).idle(300).plan();
      LoadReport report =
          LoadGenerator.run(plan, _ -> most.accumulateAndGet(server.active(), Math::max));

      allGood(report);
      assertThat(report.connected()).isEqualTo(302);
      assertThat(report.idleLost()).isZero();
      assertThat(requests.sum()).isEqualTo(400);
      assertThat(most).hasValue(302);
    }
  }

  @Test
  void shapes_come_as_often_as_their_weights_say_and_the_same_seed_repeats_it() throws IOException {
    try (Server server = serve(new Model.EventLoop(), Address.tcp(0))) {
      Shape rare = new Shape("rare", 1, "GET", "/nothing", 0, 404, -1, 0, 0);
      Shape often = new Shape("often", 4, "GET", "/", 0, 200, 13, 0, 0);
      Plans plan = Plans.to(server.addresses().getFirst()).shapes(rare, often).poisson(1_000);
      LoadReport first = plan.run();
      LoadReport second = plan.run();

      allGood(first);
      allGood(second);
      long rareOnes = first.latencies("rare").count();
      assertThat(rareOnes * 5.0 / first.due()).isCloseTo(1, within(0.4));
      assertThat(second.due()).isEqualTo(first.due());
      assertThat(second.latencies("rare").count()).isEqualTo(rareOnes);
      assertThat(second.slices().stream().map(LoadReport.Slice::due))
          .containsExactlyElementsOf(first.slices().stream().map(LoadReport.Slice::due).toList());
    }
  }
}
