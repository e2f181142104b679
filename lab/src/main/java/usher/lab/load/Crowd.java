package usher.lab.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All connections of a load: which of them have room, and which are slow on purpose.
///
/// For one thread. Times are those of `System.nanoTime`.
final class Crowd implements AutoCloseable {
  private static final int CHECKED_AT_ONCE = 100;
  private static final int PARTS = 10;

  private final List<Link> all = new ArrayList<>();
  private final Deque<Link> free = new ArrayDeque<>();
  private final List<Link> slow = new ArrayList<>();
  private int checked;

  void add(Link link) {
    all.add(link);
    list(link);
  }

  int size() {
    return all.size();
  }

  List<Link> all() {
    return all;
  }

  /// Notes that there may be room.
  void list(Link link) {
    if (!link.listed) {
      link.listed = true;
      free.add(link);
    }
  }

  /// How many are noted, with room or without.
  int listed() {
    return free.size();
  }

  /// One that has room, which is no longer noted; null where there is none.
  @Nullable Link next(long now) {
    while (true) {
      Link link = free.poll();
      if (link == null) {
        return null;
      }
      link.listed = false;
      if (link.hasRoom(now)) {
        return link;
      }
    }
  }

  void slow(Link link) {
    slow.add(link);
  }

  int connecting() {
    int connecting = 0;
    for (Link link : all) {
      connecting += link.connecting() ? 1 : 0;
    }
    return connecting;
  }

  int open() {
    int open = 0;
    for (Link link : all) {
      open += link.open() ? 1 : 0;
    }
    return open;
  }

  /// Whether each has had an answer.
  boolean proved() {
    for (Link link : all) {
      if (!link.proved()) {
        return false;
      }
    }
    return true;
  }

  /// Gives up what took too long, on some of them: of thousands only a part at a time, as nothing
  /// that is due is to wait for it.
  void check(long now) {
    for (int i = Math.min(all.size(), Math.max(CHECKED_AT_ONCE, all.size() / PARTS)); i > 0; i--) {
      checked = checked + 1 < all.size() ? checked + 1 : 0;
      Link link = all.get(checked);
      link.check(now);
      if (link.hasRoom(now)) {
        list(link);
      }
    }
    slow.removeIf(link -> !link.step(now));
  }

  @Override
  public void close() {
    all.forEach(Link::leave);
  }
}
