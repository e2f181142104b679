package usher.http.site;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Resources by path, so that a file that is asked for often costs no look at the disk.
///
/// What may be seen stale, and for how long:
/// - A file in memory is served for at most [CacheLimits#age] after it was last looked at, though
///   it has changed, vanished, or been put out of reach; headers and bytes are always those of one
///   version.
/// - A file held open is looked at for each request, since its bytes are not a copy: its headers
///   match its bytes but for a change during the answer itself. That it has got a precompressed
///   sibling, or that a link on its path leads elsewhere, is seen after the age as above.
/// - What is not there, directories and listings are not kept: a new file is seen at once.
///
/// Ownership: the cache owns each resource from [#put] on and closes it once it lets go of it,
/// which gives back the cache's lease of open files; answers under way hold leases of their own.
///
/// When full it lets go of what was not used since the hand last came by (the clock algorithm).
/// Reads take no lock. Thread-safe.
final class FileCache {
  private final CacheLimits limits;
  private final long age;
  private final LongSupplier nanos;
  private final ConcurrentHashMap<String, Slot> slots = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock, as are the sums and `closed`: all slots, the next to be judged first.
  private final ArrayDeque<Slot> ring = new ArrayDeque<>();

  private long bytes;
  private int files;
  private boolean closed;

  /// A resource in its place.
  private static final class Slot {
    final String path;
    final Resource resource;
    volatile long checked;
    volatile boolean used = true;

    Slot(String path, Resource resource, long checked) {
      this.path = path;
      this.resource = resource;
      this.checked = checked;
    }
  }

  /// @param nanos a clock that never runs backwards
  FileCache(CacheLimits limits, LongSupplier nanos) {
    this.limits = limits;
    this.age = limits.age().toNanos();
    this.nanos = nanos;
  }

  /// The resource of this path, if it is here and may be served without another look.
  @Nullable Resource current(String path) {
    Slot slot = slots.get(path);
    if (slot == null || nanos.getAsLong() - slot.checked >= age) {
      return null;
    }
    if (slot.resource.files() > 0 && !slot.resource.isUnchanged()) {
      return null;
    }
    if (!slot.used) {
      slot.used = true;
    }
    return slot.resource;
  }

  /// The resource of this path if it still is what was found just now; it then counts as fresh.
  ///
  /// @param looked the time before the look
  @Nullable Resource confirm(String path, Found found, long looked) {
    Slot slot = slots.get(path);
    if (slot == null || !slot.resource.isStill(found)) {
      return null;
    }
    slot.checked = looked;
    slot.used = true;
    return slot.resource;
  }

  /// Takes a resource and answers whether it did; the caller closes one that was not taken.
  ///
  /// @param looked the time before the look at the disk that it was made from
  boolean put(String path, Resource resource, long looked) {
    if (resource.bytes() > limits.bytes() || resource.files() > limits.files()) {
      return false;
    }
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      var slot = new Slot(path, resource, looked);
      Slot former = slots.put(path, slot);
      ring.addLast(slot);
      bytes += resource.bytes();
      files += resource.files();
      if (former != null) {
        ring.remove(former);
        release(former);
      }
      while (ring.size() > limits.entries() || bytes > limits.bytes() || files > limits.files()) {
        Slot next = ring.removeFirst();
        if (next.used) {
          next.used = false;
          ring.addLast(next);
        } else {
          slots.remove(next.path, next);
          release(next);
        }
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Forgets a path that leads to no file any more.
  void drop(String path) {
    if (!slots.containsKey(path)) {
      return;
    }
    lock.lock();
    try {
      Slot slot = slots.remove(path);
      if (slot != null) {
        ring.remove(slot);
        release(slot);
      }
    } finally {
      lock.unlock();
    }
  }

  private void release(Slot slot) {
    bytes -= slot.resource.bytes();
    files -= slot.resource.files();
    slot.resource.close();
  }

  /// The clock of the cache.
  long now() {
    return nanos.getAsLong();
  }

  int entries() {
    return slots.size();
  }

  /// Lets go of everything and takes nothing any more.
  void close() {
    lock.lock();
    try {
      closed = true;
      for (Slot slot = ring.pollFirst(); slot != null; slot = ring.pollFirst()) {
        slots.remove(slot.path, slot);
        release(slot);
      }
    } finally {
      lock.unlock();
    }
  }
}
