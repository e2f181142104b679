package usher.http.spool;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Bytes that are first appended, then read. Appending and reading may block. Used by one thread at
/// a time, but [#close] may come from another, and then ends what is under way with an
/// [IOException].
public interface Spool extends Closeable {
  /// Opens spools.
  @FunctionalInterface
  interface Opener {
    /// A new, empty spool. May block.
    Spool open() throws IOException;
  }

  /// Adds all of these bytes.
  void append(ByteBuffer bytes) throws IOException;

  /// How many bytes have been added.
  long length();

  /// All bytes from the first on. Streams do not disturb each other and need no closing.
  InputStream stream();

  /// Drops the bytes. May be called more than once.
  @Override
  void close() throws IOException;
}
