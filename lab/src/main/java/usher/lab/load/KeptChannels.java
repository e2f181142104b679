package usher.lab.load;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Connections that outlive a load, for the next one to the same address: where each of them is a
/// process, the next load finds processes that are there and warm, as its clients' would be.
///
/// Nothing is under way on them. At most [#MOST]: the oldest is closed for another one. For one
/// thread.
final class KeptChannels implements AutoCloseable {
  private static final int MOST = 32;

  private record Kept(SocketAddress target, SocketChannel channel) {}

  private final Deque<Kept> all = new ArrayDeque<>();

  /// Keeps one, which no selector knows any more.
  void keep(SocketAddress target, SocketChannel channel) {
    all.add(new Kept(target, channel));
    if (all.size() > MOST) {
      shut(all.remove());
    }
  }

  /// One to this address, which the server may have closed meanwhile; null where there is none.
  @Nullable SocketChannel take(SocketAddress target) {
    for (Kept kept : all) {
      if (kept.target.equals(target)) {
        all.remove(kept);
        return kept.channel;
      }
    }
    return null;
  }

  @Override
  public void close() {
    all.forEach(KeptChannels::shut);
    all.clear();
  }

  private static void shut(Kept kept) {
    try {
      kept.channel.close();
    } catch (IOException e) {
      // It is closed for us.
    }
  }
}
