package usher.server.driver;

import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import usher.server.Admission;
import usher.server.Patience;
import usher.server.Probe;
import usher.session.Limits;
import usher.session.Peer;
import usher.session.Timeouts;

/// What all connections and datagrams of one server share. Thread-safe.
public final class House {
  final Limits limits;
  final Timeouts timeouts;
  final Probe probe;
  final Permits permits;
  final LongAdder dropped;
  final Turnstile turnstile;

  /// How many clients and calls wait for a thread.
  final LongAdder queued;

  /// How many calls may be under way, if that is limited.
  final @Nullable Aimd limit;

  /// How long one may wait, ns.
  final long queueTime;

  final Lag lag = new Lag(this);
  final Watchdog watchdog;
  final TurnClock wall;
  final Shelf shelf;
  final long stall;
  final long linger;

  /// No deadline that a timeout sets is nearer than this, so looking at each connection that often
  /// suffices, and setting a deadline needs no word to whoever watches.
  final long patrol;

  private final long origin;

  public House(
      Limits limits, Timeouts timeouts, Probe probe, Patience patience, Admission admission) {
    this.origin = System.nanoTime();
    this.limits = limits;
    this.timeouts = timeouts;
    this.probe = probe;
    this.permits = new Permits(limits.connections());
    this.dropped = new LongAdder();
    this.turnstile = new Turnstile(admission);
    this.queued = new LongAdder();
    this.limit =
        admission.target().isZero()
            ? null
            : new Aimd(admission.target().toNanos(), limits.connections());
    this.queueTime =
        admission.queueTime().isZero() ? Long.MAX_VALUE : admission.queueTime().toNanos();
    this.wall = new TurnClock(InstantSource.system());
    this.shelf = new Shelf(BlockingStream.LARGE);
    this.stall = timeouts.stall().toNanos();
    this.linger = timeouts.linger().toNanos();
    this.patrol =
        Math.min(
            Math.min(timeouts.head().toNanos(), timeouts.idle().toNanos()),
            Math.min(timeouts.bodyGrace().toNanos(), stall));
    this.watchdog = new Watchdog(this, patience);
  }

  private House(House whole) {
    this.origin = whole.origin;
    this.limits = whole.limits;
    this.timeouts = whole.timeouts;
    this.probe = whole.probe;
    this.permits = whole.permits.part();
    this.dropped = whole.dropped;
    this.turnstile = whole.turnstile;
    this.queued = whole.queued;
    this.limit = whole.limit;
    this.queueTime = whole.queueTime;
    this.wall = whole.wall;
    this.shelf = whole.shelf;
    this.stall = whole.stall;
    this.linger = whole.linger;
    this.patrol = whole.patrol;
    this.watchdog = whole.watchdog;
  }

  /// A part of this house for one model at work, with its own count of who is seated there.
  public House wing() {
    return new House(this);
  }

  /// Nanoseconds since this server was made: never negative, so that sums with timeouts are safe.
  public long now() {
    long now = System.nanoTime() - origin;
    wall.turn(now);
    return now;
  }

  public Limits limits() {
    return limits;
  }

  /// How many datagrams and answers to them were dropped.
  public long dropped() {
    return dropped.sum();
  }

  /// A datagram, or an answer, is thrown away: counts it and tells it.
  void drop(Peer sender, Probe.Drop why) {
    probe.dropped(sender, why);
    dropped.increment();
  }

  /// So many were thrown away in another process.
  public void dropped(long count) {
    dropped.add(count);
  }

  public Timeouts timeouts() {
    return timeouts;
  }

  public Probe probe() {
    return probe;
  }

  /// Somebody begins to wait for a thread.
  public void queue() {
    queued.increment();
  }

  /// Whoever waited has got his thread, or will not get one.
  public void dequeue() {
    queued.decrement();
  }

  /// How many clients and calls wait for a thread.
  public int queued() {
    return queued.intValue();
  }

  /// How many calls may be under way at once, as has been learned, or as many as come.
  public int limit() {
    return limit == null ? Integer.MAX_VALUE : limit.limit();
  }

  /// What virtual threads wait for a carrier.
  public Lag lag() {
    return lag;
  }

  /// Who sees handlers that hold their threads.
  public Watchdog watchdog() {
    return watchdog;
  }

  public Permits permits() {
    return permits;
  }
}
