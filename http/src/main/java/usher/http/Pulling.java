package usher.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import usher.session.ProtocolException;
import usher.session.Step;

/// A source while it is sent: one pull, one write, and again.
///
/// ```
///   ┌► pull (a task) ──► pulled ──► ready ─┐
///   └──────────────────────────────────────┴─ at its end or length ─► done
/// ```
///
/// While a pull is under way the buffer belongs to its task.
final class Pulling {
  /// Bytes that are pulled at once.
  private static final int PULL = 16 << 10;

  /// Room before a chunk for its size, four digits and a line end, and behind it for a line end.
  private static final int CHUNK_HEAD = 6;

  private static final int CHUNK_TAIL = 2;
  private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final ResponseBody.Source source;
  private final boolean chunked;
  private final byte[] buffer;

  /// What still must come, or negative where the source alone knows.
  private long left;

  private @Nullable ByteBuffer lent;
  private @Nullable ByteBuffer ready;
  private boolean done;

  Pulling(ResponseBody.Source source, boolean chunked) {
    this.source = source;
    this.chunked = chunked;
    this.left = source.length();
    this.done = left == 0;
    int size = left < 0 ? PULL : (int) Math.min(left, PULL);
    this.buffer = new byte[CHUNK_HEAD + size + CHUNK_TAIL];
  }

  /// What has been pulled, once.
  @Nullable ByteBuffer ready() {
    ByteBuffer bytes = ready;
    ready = null;
    return bytes;
  }

  /// Whether there is nothing more to pull.
  boolean done() {
    return done;
  }

  /// What a pull may do to its thread.
  Step.Kind kind() {
    return source.kind();
  }

  /// Pulls. Returns how many bytes, or -1.
  Step.Task task() {
    int room = buffer.length - CHUNK_HEAD - CHUNK_TAIL;
    int count = left < 0 ? room : (int) Math.min(left, room);
    ByteBuffer into = ByteBuffer.wrap(buffer, CHUNK_HEAD, count).slice();
    lent = into;
    return (Rest) () -> source.pull(into);
  }

  /// The pull has ended.
  ///
  /// @throws ProtocolException where the source has not kept to its rules
  void pulled(int count) {
    ByteBuffer into = lent;
    lent = null;
    if (count < 0) {
      if (left > 0) {
        throw ProtocolException.ours("a source ended " + left + " bytes before its length");
      }
      done = true;
      ready = chunked ? ByteBuffer.wrap(LAST_CHUNK) : null;
      return;
    }
    if (into == null || count == 0 || count != into.position()) {
      throw ProtocolException.ours(
          "a source that put "
              + (into == null ? 0 : into.position())
              + " bytes into the buffer returned "
              + count);
    }
    if (left > 0) {
      left -= count;
      done = left == 0;
    }
    ready = chunked ? chunk(count) : ByteBuffer.wrap(buffer, CHUNK_HEAD, count);
  }

  private ByteBuffer chunk(int count) {
    int start = CHUNK_HEAD - 2;
    buffer[start] = '\r';
    buffer[start + 1] = '\n';
    for (int size = count; size > 0; size >>= 4) {
      buffer[--start] = HEX[size & 0xf];
    }
    int end = CHUNK_HEAD + count;
    buffer[end] = '\r';
    buffer[end + 1] = '\n';
    return ByteBuffer.wrap(buffer, start, end + CHUNK_TAIL - start);
  }
}
