package usher.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import usher.http.spool.Spool;
import usher.http.wire.ChunkScanner;
import usher.http.wire.Framing;
import usher.session.Session;
import usher.session.Step;

/// The body of one request while it is received: in memory, and from `bodyMemory` bytes on by way
/// of memory into a spool.
///
/// ```
///   receive ──► window ──full, more to come──► spill (a task) ──► receive …
///                  └──────whole──► a body in memory, or one more spill and a spooled body
/// ```
///
/// While a spill is under way the window belongs to its task.
final class Intake {
  private static final int LEAST_WINDOW = 512;
  private static final long UNSET = -1;

  private final Terms terms;
  private final long length;
  private final @Nullable ChunkScanner chunks;

  private byte[] window = MemoryBody.NOTHING;
  private int filled;
  private long received;
  private @Nullable Spool spool;
  private long start = UNSET;
  private long pause = UNSET;

  /// @param limit bytes that a chunked body may have; the length of another has been checked
  Intake(Terms terms, Framing framing, long limit) {
    this.terms = terms;
    this.length = framing.length();
    this.chunks = framing.chunked() ? new ChunkScanner(terms.limits, limit) : null;
  }

  /// Takes what belongs to the body and fits into the window.
  void receive(ByteBuffer in) {
    if (chunks != null) {
      boolean again = true;
      while (again) {
        int count = chunks.scan(in, window, filled, window.length - filled);
        filled += count;
        received += count;
        again = chunks.ahead() > 0 && in.hasRemaining() && grow(in.remaining(), chunks.ahead());
      }
      return;
    }
    while (received < length
        && in.hasRemaining()
        && (filled < window.length || grow(in.remaining(), length - received))) {
      long most = Math.min(length - received, window.length - filled);
      int count = (int) Math.min(most, in.remaining());
      in.get(window, filled, count);
      filled += count;
      received += count;
    }
  }

  /// Makes room in the window, by what has come rather than by what was announced: a peer must pay
  /// for our memory with its bytes.
  private boolean grow(int come, long wanted) {
    int most = terms.limits.bodyMemory();
    if (filled < window.length) {
      return true;
    }
    if (filled == most) {
      return false;
    }
    long room = Math.max(Math.max(LEAST_WINDOW, filled * 2L), filled + (long) come);
    long useful = Math.min(filled + wanted, most);
    // A chunked body may go on behind this chunk, so it is not cut to what is known of it.
    long size = chunks == null ? Math.min(room, useful) : Math.min(room, most);
    window = Arrays.copyOf(window, (int) size);
    return true;
  }

  /// Whether all of the body is here.
  boolean whole() {
    return chunks != null ? chunks.done() : received == length;
  }

  /// Whether what is in the window must be spilled before anything else can happen.
  boolean mustSpill() {
    if (whole()) {
      return spool != null && filled > 0;
    }
    return filled == terms.limits.bodyMemory() && (chunks == null || chunks.ahead() > 0);
  }

  /// Writes the window to the spool. Returns the spool.
  Step.Task spill(long now) {
    pause = now;
    return (Rest)
        () -> {
          Spool target = spool;
          boolean fresh = target == null;
          if (target == null) {
            target = terms.spools.open();
          }
          try {
            target.append(ByteBuffer.wrap(window, 0, filled));
          } catch (Throwable thrown) {
            if (fresh) {
              target.close();
            }
            throw thrown;
          }
          return target;
        };
  }

  /// The spill has ended.
  void spilled(Spool target) {
    spool = target;
    filled = 0;
  }

  /// The body, which is whole.
  RequestBody body() {
    Spool target = spool;
    if (target != null) {
      return new SpooledBody(target);
    }
    return filled == 0 ? MemoryBody.EMPTY : new MemoryBody(window, filled);
  }

  /// What followed the body.
  Headers trailers() {
    return chunks == null ? Headers.none() : new HeadFields(chunks.trailerFields());
  }

  /// When the body is too slow, if nothing more comes: after the grace, and not before the time
  /// that the bytes received would have taken at the least rate. The time of our own disk does not
  /// count.
  long deadline(long now) {
    if (start == UNSET) {
      start = now;
    }
    if (pause != UNSET) {
      start += now - pause;
      pause = UNSET;
    }
    return due(start, received, terms.bodyRate, terms.bodyGrace);
  }

  static long due(long start, long received, int rate, long grace) {
    // A conversion that is too large gives the largest, where an integer product would wrap around.
    long time = Math.max(grace, (long) (received * 1e9 / rate));
    return time > Session.NEVER - start ? Session.NEVER : start + time;
  }

  /// Drops the body.
  void close() throws IOException {
    Spool target = spool;
    if (target != null) {
      target.close();
    }
  }
}
