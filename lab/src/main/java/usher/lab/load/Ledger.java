package usher.lab.load;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import usher.lab.load.LoadPlan.Shape;

/// Counts what becomes of requests that were due in the counted time; others pass without a trace.
/// Times are those of `System.nanoTime`.
///
/// Each request that is due ends as good or as failed, once.
final class Ledger {
  private static final double SECOND = 1e9;

  private final List<Shape> shapes;
  private final long patience;
  private final long limit; // of a bound, or of what cannot be
  private long nanos;
  private final Histogram all = Latencies.blank();
  private final Histogram[] latencies;
  private final Histogram lag = Latencies.blank();
  private final Slices slices;
  private final Map<String, long[]> failures = new HashMap<>();
  private final @Nullable String[] statuses = new String[1_000];
  private boolean begun;
  private long from;
  private long due;
  private long sent;
  private long good;
  private long waited;
  private long missed;
  private long last;

  Ledger(LoadPlan plan) {
    this.shapes = plan.shapes();
    this.nanos = (long) (plan.seconds() * SECOND);
    this.patience = (long) (plan.patienceSeconds() * SECOND);
    LoadPlan.Bound bound = plan.bound();
    this.limit = bound == null ? Long.MAX_VALUE : (long) (bound.millis() * 1e6);
    this.latencies = new Histogram[shapes.size()];
    for (int i = 0; i < latencies.length; i++) {
      latencies[i] = Latencies.blank();
    }
    this.slices = new Slices(nanos, patience);
  }

  /// Says when the counted time begins; until then there is none.
  void begin(long at) {
    from = at;
    begun = true;
  }

  /// Says that the counted time ends earlier than was planned.
  void end(long at) {
    nanos = Math.clamp(at - from, 1, nanos);
  }

  private boolean counts(long at) {
    return begun && at - from >= 0 && at - from < nanos;
  }

  void due(long at) {
    if (counts(at)) {
      due++;
      slices.due(at - from);
    }
  }

  /// Its first byte went out.
  void sent(long at) {
    if (counts(at)) {
      sent++;
    }
  }

  /// It went out so late although a connection was free.
  void lag(long at, long nanos) {
    if (counts(at)) {
      Latencies.record(lag, nanos);
    }
  }

  /// There was no connection for it when it was due.
  void waited(long at) {
    if (counts(at)) {
      waited++;
    }
  }

  /// It was answered as it should be; if that took longer than the patience, it failed.
  void good(long at, int shape, long latency) {
    if (latency > patience) {
      failed(at, "late");
    } else if (counts(at)) {
      good++;
      missed += latency > limit ? 1 : 0;
      last = Math.max(last, at - from + latency);
      Latencies.record(latencies[shape], latency);
      Latencies.record(all, latency);
      slices.good(at - from, latency);
    }
  }

  void failed(long at, String kind) {
    if (counts(at)) {
      missed++;
      failures.computeIfAbsent(kind, _ -> new long[1])[0]++;
    }
  }

  /// It was answered by another status than it should be.
  void failed(long at, int status) {
    String kind = statuses[status];
    if (kind == null) {
      kind = "status " + status;
      statuses[status] = kind;
    }
    failed(at, kind);
  }

  /// Lets go of what is not needed any more.
  void tidy(long now) {
    if (begun) {
      slices.close(now - from - patience);
    }
  }

  long due() {
    return due;
  }

  long good() {
    return good;
  }

  /// Those that failed, or took longer than the plan's bound.
  long missed() {
    return missed;
  }

  double p99Millis() {
    return all.getValueAtPercentile(99) / 1_000.0;
  }

  LoadReport report(double cpuSeconds, int connected, int idleLost) {
    Map<String, Long> kinds = new HashMap<>();
    failures.forEach((kind, count) -> kinds.put(kind, count[0]));
    Map<String, Histogram> named = new LinkedHashMap<>();
    for (int i = 0; i < latencies.length; i++) {
      // Two shapes of one name share their figures.
      named.computeIfAbsent(shapes.get(i).name(), _ -> Latencies.blank()).add(latencies[i]);
    }
    Map<String, Latencies> told = new HashMap<>();
    named.forEach((name, histogram) -> told.put(name, Latencies.of(histogram)));
    return new LoadReport(
        nanos / SECOND,
        last / SECOND,
        due,
        sent,
        good,
        kinds,
        told,
        slices.until(nanos),
        Latencies.of(lag),
        waited,
        cpuSeconds,
        connected,
        idleLost);
  }
}
