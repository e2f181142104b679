package usher.server;

import java.time.Duration;

/// Whom a server lets in, and what it still takes on when there is more to do than it can. What is
/// not taken on is told so at once (HTTP: `503` with `Retry-After`), counted, and told to
/// [Probe#refused].
///
/// @param perAddress connections at once of one client; those beyond are closed at the door. A
///   client is an IPv4 address, or the first 64 bits of an IPv6 address, which is what one network
///   has to itself. Unix sockets have no address and no such limit
/// @param acceptRate connections accepted a second, with a second's worth at once after a quiet
///   time; those beyond are closed at the door. 0 for as many as come
/// @param queueTime how long a client may wait for a thread, or a request for the thread that its
///   handler runs on; who has waited longer is refused when his turn comes, since he has probably
///   given up. [Duration#ZERO] for as long as it takes
/// @param target how long calls may take from the last byte of their request to their end. From
///   that, the number of calls under way at once is learned: it grows while they take less, and
///   shrinks when they take more (additive increase, multiplicative decrease, as in TCP: Chiu and
///   Jain, 1989). Calls beyond it are refused. [Duration#ZERO] for no such limit
public record Admission(int perAddress, int acceptRate, Duration queueTime, Duration target) {
  /// No limit for an address, no rate, at most 5 s of waiting, no adaptive limit. A queue of a
  /// healthy server is empty within milliseconds, and few clients wait for more than some seconds.
  public static final Admission DEFAULT =
      new Admission(Integer.MAX_VALUE, 0, Duration.ofSeconds(5), Duration.ZERO);

  public Admission {
    if (perAddress < 1) {
      throw new IllegalArgumentException("perAddress must be at least 1, not " + perAddress);
    }
    if (acceptRate < 0) {
      throw new IllegalArgumentException("acceptRate must be at least 0, not " + acceptRate);
    }
    check(queueTime, "queueTime");
    check(target, "target");
  }

  private static void check(Duration value, String name) {
    if (value.isNegative() || value.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException(
          name + " must be from zero, for no limit, to 365 days, not " + value);
    }
  }

  /// The same with another number of connections of one client.
  public Admission withPerAddress(int value) {
    return new Admission(value, acceptRate, queueTime, target);
  }

  /// The same with another rate of accepts.
  public Admission withAcceptRate(int value) {
    return new Admission(perAddress, value, queueTime, target);
  }

  /// The same with another time of waiting.
  public Admission withQueueTime(Duration value) {
    return new Admission(perAddress, acceptRate, value, target);
  }

  /// The same with another time that calls may take.
  public Admission withTarget(Duration value) {
    return new Admission(perAddress, acceptRate, queueTime, value);
  }
}
