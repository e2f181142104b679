package usher.server.process;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import usher.server.Blocked;
import usher.server.Probe;
import usher.session.Cause;
import usher.session.Peer;
import usher.session.ProtocolException;

/// Tells the parent's probe what happens in a child. Rounds of loops are too many to be told of,
/// and so are datagrams that come; held loops are told of from ten milliseconds on, and dropped
/// datagrams a few times a second, with their number.
final class FarProbe implements Probe {
  private static final long WORTH_TELLING = 10_000_000;

  private final Childhood childhood;
  private final AtomicLong last = new AtomicLong();
  private final Drops drops;
  private final Map<Peer, Long> numbers = new ConcurrentHashMap<>();

  FarProbe(Childhood childhood) {
    this.childhood = childhood;
    this.drops = new Drops(childhood);
  }

  /// Tells what has not been told yet.
  void flush() {
    drops.flush();
  }

  @Override
  public void accepted(Peer peer) {
    long number = last.incrementAndGet();
    numbers.put(peer, number);
    childhood.tell(Note.Kind.ACCEPTED, number, peer.remote(), peer.host(), peer.local());
  }

  @Override
  public void closed(Peer peer, Cause cause) {
    Long number = numbers.remove(peer);
    if (number != null) {
      childhood.tell(Note.Kind.CLOSED, number, cause.kind().name(), oneLine(cause.thrown()));
    }
  }

  @Override
  public void failed(Peer peer, Throwable thrown) {
    Long number = numbers.get(peer);
    if (number != null) {
      switch (thrown) {
        case ProtocolException broken when broken.guilty() == ProtocolException.Side.PEER ->
            childhood.tell(Note.Kind.PEER_BROKE, number, String.valueOf(broken.getMessage()));
        case ProtocolException _ -> childhood.tell(Note.Kind.WE_BROKE, number, words(thrown));
        default -> childhood.tell(Note.Kind.FAILED, number, words(thrown));
      }
    } else {
      childhood.tell(Note.Kind.FAILED, 0, words(thrown), peer.remote(), peer.host(), peer.local());
    }
  }

  @Override
  public void dropped(Peer sender, Drop why) {
    drops.add(sender, why);
  }

  @Override
  public void broken(Throwable thrown) {
    childhood.tell(Note.Kind.BROKEN, 0, words(thrown));
  }

  @Override
  public void refused(Refusal why) {
    childhood.tell(Note.Kind.REFUSED, 0, why.name());
  }

  @Override
  public void acceptFailed(IOException thrown) {
    childhood.tell(Note.Kind.ACCEPT_FAILED, 0, String.valueOf(thrown.getMessage()));
  }

  @Override
  public void held(Peer peer, long nanos) {
    if (nanos >= WORTH_TELLING) {
      childhood.tell(Note.Kind.HELD, nanos, peer.remote(), peer.host());
    }
  }

  @Override
  public void blocked(Blocked blocked) {
    Peer peer = blocked.peer();
    childhood.tell(
        Note.Kind.BLOCKED,
        blocked.nanos(),
        // Two texts, so that the stack has half of the note to itself.
        String.join(
            "\n",
            peer.remote(),
            peer.host(),
            blocked.loop() ? "loop" : "",
            blocked.thread(),
            blocked.task()),
        String.join("\n", blocked.stack()));
  }

  private static String oneLine(@Nullable Throwable thrown) {
    return thrown == null ? "" : thrown.toString();
  }

  private static String words(Throwable thrown) {
    StringWriter words = new StringWriter();
    thrown.printStackTrace(new PrintWriter(words, true));
    return words.toString();
  }
}
