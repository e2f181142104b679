package usher.http.site;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// An open file that several responses send from at once.
///
/// Each user holds a lease, the maker the first one. The file is closed with the last lease, and
/// from then on gives out no more. Thread-safe; reads at stated offsets do not disturb each other.
final class SharedFile implements Closeable {
  private final FileChannel channel;
  private final AtomicInteger leases = new AtomicInteger(1);
  private final Closeable makers = new Lease();

  /// A file whose first lease is the caller's, who gives it back by [#close].
  SharedFile(FileChannel channel) {
    this.channel = channel;
  }

  /// The file, to be read under a lease.
  FileChannel channel() {
    return channel;
  }

  /// Another lease, given back by closing it, or null where the file is closed or closing.
  @Nullable Closeable lease() {
    for (int now = leases.get(); now > 0 && channel.isOpen(); now = leases.get()) {
      if (leases.compareAndSet(now, now + 1)) {
        return new Lease();
      }
    }
    return null;
  }

  /// Gives back the maker's lease. Later calls do nothing.
  @Override
  public void close() throws IOException {
    makers.close();
  }

  private final class Lease implements Closeable {
    private final AtomicBoolean given = new AtomicBoolean();

    @Override
    public void close() throws IOException {
      if (given.compareAndSet(false, true) && leases.decrementAndGet() == 0) {
        channel.close();
      }
    }
  }
}
