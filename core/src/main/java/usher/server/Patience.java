package usher.server;

import java.time.Duration;

/// How long a handler may hold its thread until it is reported to [Probe#blocked], once for each
/// call. Nothing is interrupted. [Duration#ZERO] reports nothing.
///
/// What counts is the time in one call of user code. Code over streams ([StreamHandler], a
/// [usher.session.Step.Converse]) may talk for as long as it likes: there it is the time between
/// two operations on the streams, so that waiting for a client does not count. A session that is
/// slow by itself, outside of any call, counts where it holds a loop.
///
/// @param loop on an event loop, where it holds up all clients of that loop
/// @param thread on any other thread, where it holds up its own client
public record Patience(Duration loop, Duration thread) {
  /// 100 ms on a loop, 10 s elsewhere.
  public static final Patience DEFAULT =
      new Patience(Duration.ofMillis(100), Duration.ofSeconds(10));

  public Patience {
    check(loop, "loop");
    check(thread, "thread");
  }

  private static void check(Duration value, String name) {
    if (value.isNegative() || value.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException(
          name + " must be from zero, for never, to 365 days, not " + value);
    }
  }

  /// This patience with another time on loops.
  public Patience withLoop(Duration value) {
    return new Patience(value, thread);
  }

  /// This patience with another time on other threads.
  public Patience withThread(Duration value) {
    return new Patience(loop, value);
  }
}
