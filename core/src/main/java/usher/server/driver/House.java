package usher.server.driver;

import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
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
  final TurnClock wall;
  final long stall;
  final long linger;

  /// No deadline that a timeout sets is nearer than this, so looking at each connection that often
  /// suffices, and setting a deadline needs no word to whoever watches.
  final long patrol;

  private final long origin = System.nanoTime();

  public House(Limits limits, Timeouts timeouts, Probe probe) {
    this(limits, timeouts, probe, new Permits(limits.connections()), new LongAdder());
  }

  private House(Limits limits, Timeouts timeouts, Probe probe, Permits permits, LongAdder dropped) {
    this.limits = limits;
    this.timeouts = timeouts;
    this.probe = probe;
    this.permits = permits;
    this.dropped = dropped;
    this.wall = new TurnClock(InstantSource.system());
    this.stall = timeouts.stall().toNanos();
    this.linger = timeouts.linger().toNanos();
    this.patrol =
        Math.min(
            Math.min(timeouts.head().toNanos(), timeouts.idle().toNanos()),
            Math.min(timeouts.bodyGrace().toNanos(), stall));
  }

  /// A part of this house for one model at work, with its own count of who is seated there.
  public House wing() {
    return new House(limits, timeouts, probe, permits.part(), dropped);
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

  public Permits permits() {
    return permits;
  }
}
