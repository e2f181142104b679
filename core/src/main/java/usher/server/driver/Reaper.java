package usher.server.driver;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Watches the deadlines of connections whose threads are blocked, since a blocked thread cannot
/// watch its own: there is no write timeout in blocking Java I/O, and Unix channels have no read
/// timeout either. One daemon thread for a whole server; it sleeps until the next alarm rings.
///
/// It also is the list of the open connections. Thread-safe.
final class Reaper implements Runnable {
  /// How a connection comes to a server that may be ending. Between its accept and its thread's
  /// first step a server may have begun to drain, or have ended, and whoever does that sees only
  /// the connections that are watched.
  enum Welcome {
    IN_TIME,
    /// The server drains.
    LATE,
    /// The server has ended.
    TOO_LATE
  }

  private final House house;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();
  private final AlarmHeap<BlockingConnection> alarms = new AlarmHeap<>();
  private volatile long parting;
  private boolean draining;
  private boolean ended;

  Reaper(House house) {
    this.house = house;
  }

  /// Watches a connection from now on, unless the server has ended.
  Welcome watch(BlockingConnection connection) {
    lock.lock();
    try {
      if (ended) {
        return Welcome.TOO_LATE;
      }
      long ring = house.now() + house.patrol;
      alarms.add(connection, Math.min(connection.due, ring));
      if (connection.slot == 0) {
        earlier.signal();
      }
      return draining ? Welcome.LATE : Welcome.IN_TIME;
    } finally {
      lock.unlock();
    }
  }

  void ringEarlier(BlockingConnection connection) {
    lock.lock();
    try {
      if (connection.slot >= 0) {
        alarms.move(connection, connection.due);
        if (connection.slot == 0) {
          earlier.signal();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  void forget(BlockingConnection connection) {
    lock.lock();
    try {
      alarms.remove(connection);
    } finally {
      lock.unlock();
    }
  }

  /// Those that are open.
  List<BlockingConnection> open() {
    lock.lock();
    try {
      return alarms.all();
    } finally {
      lock.unlock();
    }
  }

  /// Tells connections that come from now on that they are late.
  ///
  /// @return those that have come
  List<BlockingConnection> drain(long time) {
    lock.lock();
    try {
      parting = time;
      draining = true;
      return alarms.all();
    } finally {
      lock.unlock();
    }
  }

  /// What [#drain] was told: for those who are late.
  long parting() {
    return parting;
  }

  /// Watches no longer.
  ///
  /// @return the connections that are left
  List<BlockingConnection> end() {
    lock.lock();
    try {
      ended = true;
      earlier.signal();
      return alarms.all();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void run() {
    lock.lock();
    try {
      while (!ended) {
        try {
          watch();
        } catch (VirtualMachineError noMemory) {
          // Whose deadline it was, is asked again after the patrol's time. Without a reaper nobody
          // would be.
        }
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if somebody does, it ends as it is asked to.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the next deadline, or acts on it. With the lock.
  @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
  private void watch() throws InterruptedException {
    long now = house.now();
    BlockingConnection first = alarms.first();
    if (first == null || first.ring > now) {
      long _ = earlier.awaitNanos(first == null ? Long.MAX_VALUE : first.ring - now);
    } else if (first.due > now) {
      alarms.move(first, Math.min(first.due, now + house.patrol));
    } else {
      alarms.move(first, now + house.patrol);
      first.overdueElsewhere();
    }
  }
}
