package usher.server.process;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import usher.server.Probe.Drop;
import usher.session.Peer;

/// Counts the datagrams that a child drops, and tells the parent of them: soon, but not of each,
/// for whoever floods a child must not flood its parent. Thread-safe.
final class Drops {
  private static final long PAUSE_MILLIS = 50;

  private final Childhood childhood;
  private long count;
  private @Nullable FarSender sender;
  private @Nullable Drop why;

  Drops(Childhood childhood) {
    this.childhood = childhood;
  }

  synchronized void add(Peer from, Drop reason) {
    if (count++ == 0) {
      // A sender is lent until this returns.
      sender = new FarSender(from.remote(), from.host(), from.local());
      why = reason;
      Thread.ofVirtual().name("usher-drops").start(this::flushLater);
    }
  }

  private void flushLater() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    flush();
  }

  /// Tells of those that have not been told of.
  synchronized void flush() {
    FarSender first = sender;
    Drop reason = why;
    if (count > 0 && first != null && reason != null) {
      childhood.tell(
          Note.Kind.DROPPED, count, reason.name(), first.remote(), first.host(), first.local());
      count = 0;
    }
  }
}
