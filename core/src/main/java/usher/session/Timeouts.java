package usher.session;

import java.time.Duration;

/// How long a peer may take. All are absolute deadlines, not restarted by each byte, so that a slow
/// drip does not outlive them; the exceptions say so.
///
/// @param head from the first byte of a message to the end of its head
/// @param idle between messages, and from the start to the first byte
/// @param bodyGrace how long a body may take before its rate counts
/// @param bodyRate the least bytes a second of a body, on average since its start
/// @param stall how long a write may make no progress at all; each byte that leaves restarts it
/// @param linger how long bytes are still read, and thrown away, after our last one
/// @param parting how long a client that is silent when a drain begins may still ask: what it has
///   sent already is on its way
public record Timeouts(
    Duration head,
    Duration idle,
    Duration bodyGrace,
    int bodyRate,
    Duration stall,
    Duration linger,
    Duration parting) {
  /// Head 10 s, idle 60 s, bodies at least 512 bytes a second after 20 s, stall 30 s, linger 2 s,
  /// parting 1 s.
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          512,
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1));

  public Timeouts {
    positive(head, "head");
    positive(idle, "idle");
    positive(bodyGrace, "bodyGrace");
    positive(stall, "stall");
    positive(linger, "linger");
    positive(parting, "parting");
    if (bodyRate < 1) {
      throw new IllegalArgumentException("bodyRate must be at least 1, not " + bodyRate);
    }
  }

  private static void positive(Duration value, String name) {
    if (value.isZero() || value.isNegative() || value.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException(
          name + " must be above zero and at most 365 days, not " + value);
    }
  }

  /// These timeouts with another time for a head.
  public Timeouts withHead(Duration value) {
    return new Timeouts(value, idle, bodyGrace, bodyRate, stall, linger, parting);
  }

  /// These timeouts with another idle time.
  public Timeouts withIdle(Duration value) {
    return new Timeouts(head, value, bodyGrace, bodyRate, stall, linger, parting);
  }

  /// These timeouts with another least rate of a body.
  public Timeouts withBody(Duration grace, int bytesPerSecond) {
    return new Timeouts(head, idle, grace, bytesPerSecond, stall, linger, parting);
  }

  /// These timeouts with another time for a write without progress.
  public Timeouts withStall(Duration value) {
    return new Timeouts(head, idle, bodyGrace, bodyRate, value, linger, parting);
  }

  /// These timeouts with another time of lingering.
  public Timeouts withLinger(Duration value) {
    return new Timeouts(head, idle, bodyGrace, bodyRate, stall, value, parting);
  }

  /// These timeouts with another time for silent clients of a server that drains.
  public Timeouts withParting(Duration value) {
    return new Timeouts(head, idle, bodyGrace, bodyRate, stall, linger, value);
  }
}
