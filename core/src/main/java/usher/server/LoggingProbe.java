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
  private static final long LONG = 100_000_000L;

  private final Logger logger = System.getLogger("usher");
  private final AtomicLong nextAccept = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong nextRefusal = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong nextDrop = new AtomicLong(Long.MIN_VALUE);
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong nextHold = new AtomicLong(Long.MIN_VALUE);

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
  public void refused() {
    if (due(nextRefusal)) {
      logger.log(Level.WARNING, "queue full: clients are told that the server is busy");
    }
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
  public void held(Peer peer, long nanos) {
    if (nanos > LONG && due(nextHold)) {
      logger.log(
          Level.WARNING,
          "a handler for {0} held its event loop for {1} ms; a model with workers or threads fits it",
          peer.remote(),
          nanos / 1_000_000);
    }
  }

  private static boolean due(AtomicLong next) {
    long now = System.nanoTime();
    long at = next.get();
    return (at == Long.MIN_VALUE || now - at >= 0) && next.compareAndSet(at, now + SECOND);
  }
}
