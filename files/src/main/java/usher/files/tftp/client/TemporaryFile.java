package usher.files.tftp.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import usher.files.client.Cancelled;
import usher.files.client.Landing;
import usher.files.client.Progress;
import usher.files.tftp.transfer.BlockSink;

/// A file on its way to this machine, under a hidden name beside its target until it is whole and
/// on the disk.
final class TemporaryFile implements BlockSink {
  private final Landing landing;
  private final Path path;
  private final long size;
  private final Progress progress;
  private @Nullable FileChannel channel;
  private long written;

  /// @param size what it will have, or -1
  TemporaryFile(Path target, long size, Progress progress) {
    this.landing = new Landing(target);
    this.path = landing.part(UUID.randomUUID().toString());
    this.size = size;
    this.progress = progress;
  }

  private FileChannel open() throws IOException {
    FileChannel opened = channel;
    if (opened == null) {
      opened = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      channel = opened;
    }
    return opened;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    FileChannel to = open();
    written += bytes.remaining();
    while (bytes.hasRemaining()) {
      to.write(bytes);
    }
    if (!progress.at(written, size)) {
      throw new Cancelled();
    }
  }

  @Override
  public void commit() throws IOException {
    if (size >= 0 && written != size) {
      throw new IOException(
          "the server sent " + written + " of the " + size + " bytes that it had announced");
    }
    try (FileChannel whole = open()) {
      whole.force(true);
    }
    landing.land(path);
  }

  @Override
  public void close() {
    try {
      FileChannel opened = channel;
      if (opened != null) {
        opened.close();
        Files.deleteIfExists(path);
      }
    } catch (IOException thrown) {
      // A hidden file stays.
    }
  }
}
