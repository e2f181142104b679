package usher.http.site;

import java.io.Closeable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import usher.http.ResponseBody;

/// Where the bytes of a representation come from.
sealed interface Content {
  /// Bytes in memory, from position to limit.
  record Memory(ByteBuffer bytes) implements Content {}

  /// A file held open.
  record OnDisk(SharedFile file, long length) implements Content {}

  /// A file held open, to be compressed as it is sent.
  record Compressed(SharedFile file, long length) implements Content {}

  /// The file that is held open, if one is.
  default @Nullable SharedFile file() {
    return null;
  }

  /// A body for one response, or null where the file has been closed meanwhile.
  default @Nullable ResponseBody whole() {
    return switch (this) {
      case Memory(ByteBuffer bytes) -> memory(bytes);
      case OnDisk(SharedFile file, long length) -> {
        Closeable lease = file.lease();
        yield lease == null ? null : new ResponseBody.FileRegion(file.channel(), 0, length, lease);
      }
      case Compressed(SharedFile file, long length) -> {
        Closeable lease = file.lease();
        yield lease == null ? null : new GzipSource(file.channel(), length, lease);
      }
    };
  }

  /// A body of these bytes.
  static ResponseBody memory(ByteBuffer bytes) {
    return bytes.hasRemaining() ? new ResponseBody.Bytes(bytes) : ResponseBody.Empty.EMPTY;
  }
}
