package usher.files.frame;

import java.nio.ByteBuffer;
import usher.files.Deposit;
import usher.files.FileEntry;
import usher.files.Upload;
import usher.session.Timeouts;

/// The bytes of one `PUT` on their way into the library, a chunk at a time. While a call writes the
/// chunk, it belongs to that call.
final class Intake implements AutoCloseable {
  private static final int CHUNK = 256 * 1024;
  private static final long NANOS = 1_000_000_000;

  private final Upload upload;
  private final long size;
  private final Timeouts timeouts;
  private final ByteBuffer chunk;
  private final long begun;
  private long received;
  private long start = -1;
  private long pause = -1;

  Intake(Deposit deposit, Upload upload, Timeouts timeouts) {
    this.upload = upload;
    this.size = deposit.size();
    this.timeouts = timeouts;
    this.begun = upload.offset();
    this.received = begun;
    this.chunk = ByteBuffer.allocate((int) Math.min(CHUNK, size - begun));
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

  /// Writes the chunk, and finishes the upload behind the last one: a call of the session, which
  /// blocks.
  Object write() {
    if (chunk.position() > 0) {
      upload.write(chunk.flip());
      chunk.clear();
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
    double seconds = (received - begun) / (double) timeouts.bodyRate();
    return start + Math.max(timeouts.bodyGrace().toNanos(), (long) (seconds * NANOS));
  }

  @Override
  public void close() {
    upload.close();
  }
}
