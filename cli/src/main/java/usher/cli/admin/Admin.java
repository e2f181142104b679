package usher.cli.admin;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import usher.http.HttpHandler;
import usher.http.HttpProtocol;
import usher.http.HttpResponse;
import usher.http.route.Router;
import usher.metrics.ServerMeters;
import usher.server.Address;
import usher.server.Inheritance;
import usher.server.Model;
import usher.server.Probe;
import usher.server.Server;
import usher.session.Limits;

/// Health and metrics of a server, at an address of their own:
///
/// | path | answer |
/// |---|---|
/// | `/health/live` | `200` while the process answers at all |
/// | `/health/ready` | `200` while new clients are welcome, `503` before that and while it drains |
/// | `/metrics` | all meters in Prometheus' text format |
///
/// On an event loop of its own, so that it answers whatever the service does to its threads. Knows
/// no users: the address is to be reached by those only who may see this.
public final class Admin implements AutoCloseable {
  /// What Prometheus itself sends and expects.
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private static final Limits FEW =
      Limits.DEFAULT.withConnections(64).withBodyBytes(0).withBacklog(64);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ServerMeters meters = new ServerMeters(registry);

  /// It ends with the process, and needs no closing.
  @SuppressWarnings("resource")
  private final JvmGcMetrics collections = new JvmGcMetrics();

  private final Server server;

  private Admin(Address address, Inheritance inheritance, Health health) {
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    server =
        Server.builder()
            .listen(address)
            .inherit(inheritance)
            .model(new Model.EventLoop())
            .limits(FEW)
            .serve(HttpProtocol.of(pages(health)))
            .build();
  }

  /// Answers from now on.
  public static Admin open(Address address, Inheritance inheritance, Health health)
      throws IOException {
    Admin admin = new Admin(address, inheritance, health);
    admin.server.start();
    return admin;
  }

  private HttpHandler pages(Health health) {
    return Router.builder()
        .get("/health/live", HttpHandler.inline(request -> HttpResponse.text("live\n")))
        .get(
            "/health/ready",
            HttpHandler.inline(
                request ->
                    health.ready()
                        ? HttpResponse.text("ready\n")
                        : HttpResponse.text("not ready\n").withStatus(503)))
        .get(
            "/metrics",
            HttpHandler.inline(
                request ->
                    HttpResponse.bytes(TEXT, registry.scrape().getBytes(StandardCharsets.UTF_8))))
        .build();
  }

  /// Counts what the server that it is given to does.
  public Probe probe() {
    return meters;
  }

  /// Also shows what this server, which was given the probe, has in hand.
  public void watch(Server served) {
    meters.watch(served);
  }

  /// Where it listens.
  public Address address() {
    return server.addresses().getFirst();
  }

  /// What answers there.
  public Server server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
    registry.close();
    collections.close();
  }
}
