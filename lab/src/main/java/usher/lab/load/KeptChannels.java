package usher.lab.load;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Connections that outlive a load, for the next one to the same address. It finds the threads and
/// processes that serve them there and warm, as those of clients who stay are; in a load of a tenth
/// of a second their start would be most of what is seen.
///
/// Nothing is under way on them. At most [#MOST]: the oldest is closed for another one. For one
/// thread.
final class KeptChannels implements AutoCloseable {
  private static final int MOST = 2_048;

  private record Kept(SocketAddress target, SocketChannel channel) {}

  private final Deque<Kept> all = new ArrayDeque<>();

  /// Keeps one, which no selector knows any more.
  void keep(SocketAddress target, SocketChannel channel) {
    all.add(new Kept(target, channel));
    if (all.size() > MOST) {
      shut(all.remove());
    }
  }

  /// One to this address that the server has not closed meanwhile; null where there is none.
  @Nullable SocketChannel take(SocketAddress target) {
    for (Iterator<Kept> each = all.iterator(); each.hasNext(); ) {
      Kept kept = each.next();
      if (kept.target.equals(target)) {
        each.remove();
        if (lives(kept.channel)) {
          return kept.channel;
        }
        shut(kept);
      }
    }
    return null;
  }

  /// Whether it is open on both sides, and says nothing that nobody asked for.
  private static boolean lives(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(1)) == 0;
    } catch (IOException | NotYetConnectedException gone) {
      return false;
    }
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
