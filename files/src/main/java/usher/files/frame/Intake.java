package usher.files.frame;

import java.nio.ByteBuffer;
import usher.files.Deposit;
import usher.files.FileEntry;
import usher.files.Upload;
import usher.session.Step;
import usher.session.Timeouts;

/// The bytes of one `PUT` on their way into the library, a chunk at a time. While a call writes the
/// chunk, it belongs to that call.
///
/// A chunk is as large as fits the client's pace: a large one saves calls, and a slow client would
/// only hold it, half full, for as long as its upload takes. It begins at [#LEAST], and is four
/// times as large after some chunks that came quickly, to [#MOST], and a fourth after slow ones.
final class Intake implements Step.Task, AutoCloseable {
  static final int LEAST = 16 * 1024;
  static final int MOST = 256 * 1024;

  /// Chunks that come in less time grow, ns; in a steady stream the larger one takes less than
  /// [#SLOW] then.
  static final long QUICK = 20_000_000;

  /// Chunks that take longer shrink, ns.
  static final long SLOW = 100_000_000;

  private static final int STRIDE = 4;
  private static final long NANOS = 1_000_000_000;

  private final Upload upload;
  private final long size;
  private final Timeouts timeouts;
  private final long begun;
  private ByteBuffer chunk;

  /// How large the next chunk is.
  private int room = LEAST;

  /// How long a chunk took to come, ns: each counts for a fourth, since bytes come in bursts, and
  /// the more of them at once the longer the server was busy elsewhere.
  private long pace = SLOW;

  /// Since when the chunk is waited for.
  private long opened = -1;

  private long received;
  private long start = -1;
  private long pause = -1;

  Intake(Deposit deposit, Upload upload, Timeouts timeouts) {
    this.upload = upload;
    this.size = deposit.size();
    this.timeouts = timeouts;
    this.begun = upload.offset();
    this.received = begun;
    this.chunk = fresh();
  }

  private ByteBuffer fresh() {
    return ByteBuffer.allocate((int) Math.min(room, size - received));
  }

  /// How many bytes it holds room for.
  int held() {
    return chunk.capacity();
  }

  /// How much of it was there already.
  long begun() {
    return begun;
  }

  void receive(ByteBuffer in) {
    int count = (int) Math.min(Math.min(in.remaining(), chunk.remaining()), size - received);
    chunk.put(chunk.position(), in, in.position(), count).position(chunk.position() + count);
    in.position(in.position() + count);
    received += count;
  }

  /// Whether there is something to be written, or to be finished.
  boolean ready() {
    return received == size || !chunk.hasRemaining();
  }

  boolean whole() {
    return received == size;
  }

  /// The upload has begun, so no part of it is refused.
  @Override
  public boolean refusable() {
    return false;
  }

  /// Writes the chunk, and finishes the upload behind the last one. Blocks.
  @Override
  public Object run() {
    if (chunk.position() > 0) {
      upload.write(chunk.flip());
      chunk.clear();
    }
    if (room != chunk.capacity()) {
      chunk = fresh();
    }
    return whole() ? stored(upload.commit()) : this;
  }

  private static Answer stored(FileEntry entry) {
    return Answer.words(
        "STORED " + entry.size() + " " + Answer.time(entry) + " " + entry.checksum().orElseThrow());
  }

  /// A call has begun: the client cannot send, and its time stands still.
  void pause(long now) {
    pause = now;
    if (opened < 0) {
      return;
    }
    pace += (now - opened - pace) / 4;
    opened = -1;
    if (pace < QUICK && room < MOST) {
      room *= STRIDE;
      pace = SLOW;
    } else if (pace > SLOW && room > LEAST) {
      room /= STRIDE;
      pace = SLOW;
    }
  }

  /// When the client is too slow: bytes must come at a least rate, on average since the start.
  long deadline(long now) {
    if (start < 0) {
      start = now;
    }
    if (pause >= 0) {
      start += now - pause;
      pause = -1;
    }
    if (opened < 0) {
      opened = now;
    }
    double seconds = (received - begun) / (double) timeouts.bodyRate();
    return start + Math.max(timeouts.bodyGrace().toNanos(), (long) (seconds * NANOS));
  }

  @Override
  public void close() {
    upload.close();
  }
}
