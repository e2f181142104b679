package usher.files.tftp.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Where the bytes of a file go that comes in. All methods may block; for one thread at a time.
public interface BlockSink {
  /// Takes all of these bytes.
  void write(ByteBuffer bytes) throws IOException;

  /// That was all: makes it a file.
  void commit() throws IOException;

  /// Ends it; without a [#commit] nothing is left of it.
  void close();
}
