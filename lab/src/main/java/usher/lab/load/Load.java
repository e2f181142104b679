package usher.lab.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Selector;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import usher.lab.load.LoadPlan.Arrivals;
import usher.lab.load.LoadPlan.Wire;
import usher.lab.load.Progress.Phase;
import usher.lab.load.wire.Mix;
import usher.lab.load.wire.Schedule;

/// Carries out one plan, on the thread that runs it.
///
/// ```
///   open ─► greet ─► warm up ─► count ─► finish: the last answers, for as long as the patience lasts
/// ```
///
/// In an open loop requests are due when the schedule says, whatever the server does. One for which
/// no connection is free waits, in a queue with a bound, and its time runs on. In a closed loop a
/// connection is given the next request as soon as it has room.
///
/// A server that is not there, stalls or talks nonsense makes failures in the report. Only what
/// prevents the measurement as such is thrown.
final class Load implements Link.Owner {
  private static final long SECOND = 1_000_000_000;
  private static final long TICK = 10_000_000;
  private static final long PROGRESS = 200_000_000;
  private static final long OPENING = 5 * SECOND;
  private static final int CONNECT_AT_ONCE = 32;
  private static final int SEND_AT_ONCE = 64;
  private static final int MOST_WAITING = 1 << 20;
  private static final int LEAST_WAITING = 1_024;

  private final LoadPlan plan;
  private final Consumer<Progress> progress;
  private final Selector selector;
  private final Ledger ledger;
  private final Gear gear;
  private final Naps naps;
  private final Mix mix;
  private final boolean closed;
  private final long patience;
  private final Crowd links = new Crowd();
  private final WaitingRoom waiting;
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private @Nullable IdleLinks idle;
  private Phase phase = Phase.OPENING;
  private long phaseBegan;
  private long nextTick;
  private long nextProgress;
  private long underWay;
  private long stop;
  private long now;

  private Load(LoadPlan plan, Selector selector, KeptChannels kept, Consumer<Progress> progress)
      throws IOException {
    this.plan = plan;
    this.progress = progress;
    this.selector = selector;
    this.ledger = new Ledger(plan);
    this.gear = new Gear(plan, selector, ledger, kept);
    this.naps =
        new Naps(selector, key -> ((Link) key.attachment()).ready(System.nanoTime()), plan.rate());
    this.mix =
        new Mix(plan.shapes().stream().mapToDouble(LoadPlan.Shape::weight).toArray(), ~plan.seed());
    this.closed = plan.arrivals() == Arrivals.CLOSED;
    this.patience = (long) (plan.patienceSeconds() * SECOND);
    double most = closed ? 0 : plan.rate() * plan.patienceSeconds();
    this.waiting = new WaitingRoom((int) Math.clamp(most, LEAST_WAITING, MOST_WAITING));
  }

  /// Carries out a plan.
  ///
  /// @param kept connections of those before and for those after it
  /// @param progress told a few times a second, on this thread; to return at once
  /// @throws IOException if the system does not let us measure: no descriptors, no such address
  static LoadReport run(LoadPlan plan, KeptChannels kept, Consumer<Progress> progress)
      throws IOException {
    Naps.sharpen();
    try (Selector selector = Selector.open()) {
      Load load = new Load(plan, selector, kept, progress);
      try {
        return load.run();
      } finally {
        load.links.close();
        if (load.idle != null) {
          load.idle.close();
        }
      }
    }
  }

  private LoadReport run() throws IOException {
    turnTo(Phase.OPENING);
    openIdle();
    openAll();
    greet();
    turnTo(Phase.WARMING);
    long begin = now;
    long from = begin + (long) (plan.warmSeconds() * SECOND);
    long to = from + (long) (plan.seconds() * SECOND);
    stop = to;
    ledger.begin(from);
    Schedule schedule =
        plan.arrivals() == Arrivals.POISSON
            ? Schedule.poisson(plan.rate(), plan.seed())
            : Schedule.even(closed ? 1 : plan.rate());
    LoadPlan.Surge surge = plan.surge();
    if (surge != null) {
      long surgeFrom = (long) ((plan.warmSeconds() + surge.from()) * SECOND);
      schedule.surging(surgeFrom, (long) (surge.seconds() * SECOND), surge.factor());
    }
    long next = closed ? to : begin + schedule.next();
    long cpu = 0;
    int connected = 0;
    while (phase != Phase.FINISHING || (busy() && now - to < patience + SECOND)) {
      now = System.nanoTime();
      if (phase == Phase.WARMING && now - from >= 0) {
        turnTo(Phase.COUNTING);
        connected = connected();
        cpu = system.getProcessCpuTime();
      }
      seat();
      for (int i = 0; i < SEND_AT_ONCE && next - now <= 0 && next - to < 0; i++) {
        arrive(next);
        next = begin + schedule.next();
      }
      if (phase == Phase.COUNTING && hopeless()) {
        to = now;
        stop = now;
        giveUp();
      }
      if (phase == Phase.COUNTING && now - to >= 0 && next - to >= 0) {
        cpu = system.getProcessCpuTime() - cpu;
        turnTo(Phase.FINISHING);
      }
      if (now - nextTick >= 0) {
        tick();
      }
      naps.await(next - to < 0 ? next : now + SECOND, nextTick, underWay > 0);
    }
    tell();
    IdleLinks idlers = idle;
    return ledger.report((double) cpu / SECOND, connected, idlers == null ? 0 : idlers.lost());
  }

  private boolean hopeless() {
    LoadPlan.Bound bound = plan.bound();
    return bound != null && ledger.missed() > bound.misses();
  }

  /// Ends the counted time now, and whoever still waits goes.
  private void giveUp() {
    ledger.end(now + 1);
    while (!waiting.empty()) {
      ledger.failed(waiting.due(), "not sent");
      waiting.leave();
    }
  }

  private boolean busy() {
    return underWay > 0 || !waiting.empty();
  }

  private void turnTo(Phase to) {
    now = System.nanoTime();
    phase = to;
    phaseBegan = now;
    nextProgress = now;
  }

  private void openIdle() throws IOException {
    if (plan.idle() == 0) {
      return;
    }
    IdleLinks fresh = IdleLinks.of(plan, selector, ledger, now);
    idle = fresh;
    while (!fresh.done(now)) {
      tellNowAndThen();
      selector.select(naps.action(), 1);
      now = System.nanoTime();
    }
  }

  /// Opens all connections, and goes on without those that take too long: they may come later.
  private void openAll() throws IOException {
    long until = now + Math.min(patience, OPENING);
    int connecting = 0;
    while (links.size() < plan.connections() || (connecting > 0 && now - until < 0)) {
      boolean wait = now - until < 0;
      while (links.size() < plan.connections() && (connecting < CONNECT_AT_ONCE || !wait)) {
        openOne();
        connecting++;
      }
      tellNowAndThen();
      selector.select(naps.action(), 1);
      now = System.nanoTime();
      connecting = links.connecting();
    }
  }

  /// One request on each new connection, whose answer nobody counts.
  private void greet() throws IOException {
    if (!plan.greets()) {
      return;
    }
    long until = now + patience + SECOND;
    while (!links.proved() && now - until < 0) {
      for (Link link : links.all()) {
        if (!link.proved() && link.underWay() == 0 && link.hasRoom(now)) {
          give(link, now, 0);
        }
      }
      if (now - nextTick >= 0) {
        tick();
      }
      selector.select(naps.action(), 1);
      now = System.nanoTime();
    }
  }

  private void openOne() {
    if (plan.wire() == Wire.DATAGRAM) {
      links.add(new DatagramLink(gear, this));
    } else {
      StreamLink link = new StreamLink(links.size(), gear, this, now);
      links.add(link);
      if (plan.wire() != Wire.CONNECTION_EACH) {
        link.connect(now);
      }
    }
  }

  /// A request is due.
  private void arrive(long due) {
    int shape = mix.next();
    ledger.due(due);
    now = System.nanoTime();
    Link link = links.next(now);
    if (link == null) {
      ledger.waited(due);
      if (!waiting.enter(due, shape)) {
        ledger.failed(due, "not sent");
      }
      return;
    }
    ledger.lag(due, now - due);
    give(link, due, shape);
  }

  private void give(Link link, long due, int shape) {
    underWay++;
    link.add(due, shape, now);
    link.flush(now);
    if (link.hasRoom(now)) {
      links.list(link);
    }
  }

  /// Gives those with room what there is to do.
  private void seat() {
    if (closed) {
      for (int i = links.listed(); i > 0; i--) {
        Link link = links.next(now);
        if (link == null) {
          return;
        }
        fill(link, now);
      }
      return;
    }
    while (!waiting.empty()) {
      Link link = links.next(now);
      if (link == null) {
        return;
      }
      now = System.nanoTime();
      long due = waiting.due();
      int shape = waiting.shape();
      waiting.leave();
      give(link, due, shape);
    }
  }

  /// Fills a connection of a closed loop. What fails at once is tried again at the next tick.
  private void fill(Link link, long at) {
    if (at - stop >= 0) {
      return;
    }
    for (int i = 0; i < plan.pipeline() && link.hasRoom(at); i++) {
      underWay++;
      ledger.due(at);
      link.add(at, mix.next(), at);
    }
    link.flush(at);
  }

  @Override
  public void room(Link link, long at) {
    if (closed && phase != Phase.OPENING) {
      fill(link, at);
    } else {
      links.list(link);
    }
  }

  @Override
  public void ended(int count) {
    underWay -= count;
  }

  @Override
  public void shut(Link link, String refusal, long at) {
    if (plan.wire() == Wire.CONNECTION_EACH) {
      links.list(link);
    } else if (refusal.isEmpty()) {
      if (link instanceof StreamLink stream && stream.inGoodStanding()) {
        link.connect(at);
      }
    } else if (closed) {
      // Each attempt is one that a client made in vain.
      if (phase != Phase.OPENING && at - stop < 0) {
        ledger.due(at);
        ledger.failed(at, refusal);
      }
    } else if (!waiting.empty()) {
      ledger.failed(waiting.due(), refusal);
      waiting.leave();
    }
  }

  @Override
  public void slow(Link link) {
    links.slow(link);
  }

  private void tick() {
    while (!waiting.empty() && now - waiting.due() > patience) {
      ledger.failed(waiting.due(), "not sent");
      waiting.leave();
    }
    links.check(now);
    ledger.tidy(now);
    tellNowAndThen();
    nextTick = now + TICK;
  }

  private int connected() {
    return links.open() + (idle == null ? 0 : idle.open());
  }

  private void tellNowAndThen() {
    if (now - nextProgress >= 0) {
      nextProgress = now + PROGRESS;
      tell();
    }
  }

  private void tell() {
    double seconds = (double) (now - phaseBegan) / SECOND;
    progress.accept(
        new Progress(phase, seconds, ledger.due(), ledger.good(), ledger.p99Millis(), connected()));
  }
}
