package usher.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import usher.server.Blocked;
import usher.server.Probe;
import usher.server.Server;
import usher.session.Cause;
import usher.session.Peer;

/// Counts and measures what a server does, in a Micrometer registry. All meters are there from the
/// beginning, and are the same under every model; `docs/guide/observability.md` lists them.
///
/// ```
/// ServerMeters meters = new ServerMeters(registry);
/// Server server = Server.builder().probe(Probe.logging().and(meters))…start();
/// meters.watch(server);
/// ```
///
/// Under models of several processes connections, failures, refusals and blocked handlers of the
/// children are counted; calls and loops are timed in the children only, which nobody reads there.
/// Thread-safe.
public final class ServerMeters implements Probe {
  private final MeterRegistry registry;
  private final AtomicInteger active = new AtomicInteger();
  private final Counter accepted;
  private final Map<Cause.Kind, Counter> closed;
  private final Map<Refusal, Counter> refused;
  private final Counter acceptFailures;
  private final Counter failures;
  private final Counter broken;
  private final Counter received;
  private final Map<Drop, Counter> dropped;
  private final Counter blockedLoops;
  private final Counter blockedThreads;
  private final Timer calls;
  private final Timer waits;
  private final Timer held;
  private final Timer rounds;

  /// Meters in this registry.
  public ServerMeters(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("usher.connections.active", active, AtomicInteger::get)
        .description("Connections that are open")
        .register(registry);
    accepted = counter("usher.connections.accepted", "Connections that were served", "", "");
    closed =
        counters(
            Cause.Kind.class,
            kind ->
                counter("usher.connections.closed", "Connections that ended", "cause", word(kind)));
    refused =
        counters(
            Refusal.class,
            why -> counter("usher.refused", "Clients and calls not taken on", "why", word(why)));
    acceptFailures = counter("usher.accept.failures", "Accepts that failed", "", "");
    failures = counter("usher.failures", "Connections and datagrams that failed", "", "");
    broken = counter("usher.broken", "Defects of the server itself", "", "");
    received = counter("usher.datagrams.received", "Datagrams that came", "", "");
    dropped =
        counters(
            Drop.class,
            why -> counter("usher.datagrams.dropped", "Datagrams thrown away", "why", word(why)));
    blockedLoops = counter("usher.blocked", "Handlers that held their thread", "on", "loop");
    blockedThreads = counter("usher.blocked", "Handlers that held their thread", "on", "thread");
    calls = timer("usher.calls", "Calls of user code");
    waits = timer("usher.calls.waited", "What calls waited for their thread");
    held = timer("usher.loops.held", "Blocking calls on an event loop");
    rounds = timer("usher.loops.busy", "Rounds of event loops");
  }

  /// Also shows what this server, which has been told of this probe, has just now: what waits for a
  /// thread, and what may be under way.
  public void watch(Server server) {
    Gauge.builder("usher.queued", server, Server::queued)
        .description("Clients and calls that wait for a thread")
        .register(registry);
    Gauge.builder("usher.seated", server, Server::active)
        .description("Clients and datagrams in hand")
        .register(registry);
    Gauge.builder("usher.limit", server, Server::concurrencyLimit)
        .description("Calls that may be under way at once")
        .register(registry);
  }

  private Counter counter(String name, String description, String key, String value) {
    Counter.Builder builder = Counter.builder(name).description(description);
    return (key.isEmpty() ? builder : builder.tag(key, value)).register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name).description(description).register(registry);
  }

  private static <E extends Enum<E>> Map<E, Counter> counters(
      Class<E> kinds, Function<E, Counter> make) {
    Map<E, Counter> counters = new EnumMap<>(kinds);
    Arrays.stream(kinds.getEnumConstants()).forEach(kind -> counters.put(kind, make.apply(kind)));
    return counters;
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E> void count(Map<E, Counter> counters, E kind) {
    Counter counter = counters.get(kind);
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void accepted(Peer peer) {
    accepted.increment();
    active.incrementAndGet();
  }

  @Override
  public void closed(Peer peer, Cause cause) {
    active.decrementAndGet();
    count(closed, cause.kind());
  }

  @Override
  public void failed(Peer peer, Throwable thrown) {
    failures.increment();
  }

  @Override
  public void broken(Throwable thrown) {
    broken.increment();
  }

  @Override
  public void refused(Refusal why) {
    count(refused, why);
  }

  @Override
  public void acceptFailed(IOException thrown) {
    acceptFailures.increment();
  }

  @Override
  public void received(Peer sender) {
    received.increment();
  }

  @Override
  public void dropped(Peer sender, Drop why) {
    count(dropped, why);
  }

  @Override
  public void blocked(Blocked blocked) {
    (blocked.loop() ? blockedLoops : blockedThreads).increment();
  }

  @Override
  public void held(Peer peer, long nanos) {
    held.record(nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean timed() {
    return true;
  }

  @Override
  public void handled(Peer peer, long waited, long took) {
    waits.record(waited, TimeUnit.NANOSECONDS);
    calls.record(took, TimeUnit.NANOSECONDS);
  }

  @Override
  public void round(long nanos) {
    rounds.record(nanos, TimeUnit.NANOSECONDS);
  }
}
