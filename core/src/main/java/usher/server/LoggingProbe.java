package usher.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import usher.session.Cause;
import usher.session.Peer;
import usher.session.ProtocolException;

/// Logs defects of our side, and at most one line a second about each kind of trouble that a crowd
/// of clients can cause.
final class LoggingProbe implements Probe {
  private static final long SECOND = 1_000_000_000L;

  private final Logger logger = System.getLogger("usher");
  private final AtomicLong nextAccept = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong nextRefusal = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong nextDrop = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong nextBlocked = new AtomicLong(Long.MIN_VALUE);

  @Override
  public void failed(Peer peer, Throwable thrown) {
    if (thrown instanceof ProtocolException broken
        && broken.guilty() == ProtocolException.Side.PEER) {
      logger.log(Level.DEBUG, "{0} broke the protocol: {1}", peer.remote(), broken.getMessage());
    } else {
      logger.log(Level.WARNING, "serving " + peer.remote() + " failed", thrown);
    }
  }

  @Override
  public void broken(Throwable thrown) {
    logger.log(Level.ERROR, "the server's own code failed", thrown);
  }

  @Override
  public void closed(Peer peer, Cause cause) {
    if (logger.isLoggable(Level.DEBUG)) {
      logger.log(Level.DEBUG, "{0} ended: {1}", peer.remote(), cause.kind());
    }
  }

  @Override
  public void refused(Refusal why) {
    refused.incrementAndGet();
    if (due(nextRefusal)) {
      logger.log(
          Level.WARNING,
          "clients refused: {0}, the last one: {1}",
          refused.getAndSet(0),
          words(why));
    }
  }

  private static String words(Refusal why) {
    return switch (why) {
      case QUEUE_FULL -> "the queue is full";
      case WAITED -> "it had waited for too long";
      case LIMIT -> "too many calls are under way";
      case ADDRESS -> "too many connections of its address";
      case RATE -> "they come too fast";
    };
  }

  @Override
  public void acceptFailed(IOException thrown) {
    if (due(nextAccept)) {
      logger.log(Level.WARNING, "cannot accept, trying again: {0}", thrown.getMessage());
    }
  }

  @Override
  public void dropped(Peer sender, Drop why) {
    dropped.incrementAndGet();
    if (due(nextDrop)) {
      logger.log(
          Level.WARNING,
          "datagrams dropped: {0}, the last one of {1} because of {2}",
          dropped.getAndSet(0),
          sender.remote(),
          why);
    }
  }

  @Override
  public void blocked(Blocked blocked) {
    if (due(nextBlocked)) {
      logger.log(
          Level.WARNING,
          "{0}{1}",
          blocked,
          blocked.loop() ? "\n\ta model with workers or threads fits it" : "");
    }
  }

  private static boolean due(AtomicLong next) {
    long now = System.nanoTime();
    long at = next.get();
    return (at == Long.MIN_VALUE || now - at >= 0) && next.compareAndSet(at, now + SECOND);
  }
}
