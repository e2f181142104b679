package usher.files;

import java.io.IOException;
import java.nio.channels.FileChannel;

/// A file that is open for reading. It stays as it was when it was opened, whatever is stored under
/// its name meanwhile.
///
/// @param channel whoever asked for it closes it
public record OpenFile(FileEntry entry, FileChannel channel) implements AutoCloseable {
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
