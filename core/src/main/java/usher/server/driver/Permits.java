package usher.server.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The seats of a server: one is taken for each connection, and for each datagram in hand, and
/// given back when it has ended. Thread-safe.
public final class Permits {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final Condition empty = lock.newCondition();
  private final int most;
  private int taken;
  private int seated;
  private long left;
  private volatile boolean closed;
  private boolean ended;
  private List<Runnable> waiters = List.of();

  Permits(int most) {
    this.most = most;
  }

  /// Waits for a seat. False when the server ends meanwhile.
  public boolean take() {
    lock.lock();
    try {
      while (taken >= most && !closed) {
        freed.awaitUninterruptibly();
      }
      if (closed) {
        return false;
      }
      taken++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a seat if one is free; otherwise remembers to tell, once, when one is. All that wait are
  /// told of the same seat: whoever was told first may have no client for it any more.
  boolean take(Runnable whenFree) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      if (taken < most) {
        taken++;
        return true;
      }
      if (waiters.isEmpty()) {
        waiters = new ArrayList<>();
      }
      waiters.add(whenFree);
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a seat for somebody who does not wait and will be served. False if none is free, or if
  /// nobody is let in any more.
  boolean takeNow() {
    lock.lock();
    try {
      if (closed || taken >= most) {
        return false;
      }
      taken++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a seat for somebody who does not wait and is served from now on. False if none is free,
  /// or if nobody is let in any more.
  boolean enter() {
    lock.lock();
    try {
      if (closed || taken >= most) {
        return false;
      }
      taken++;
      seated++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Whoever took this seat is served from now on.
  public void seat() {
    lock.lock();
    try {
      seated++;
    } finally {
      lock.unlock();
    }
  }

  /// A served client has gone: gives its seat back.
  void leave() {
    List<Runnable> told;
    lock.lock();
    try {
      seated--;
      left++;
      told = free();
    } finally {
      lock.unlock();
    }
    told.forEach(Runnable::run);
  }

  /// Takes a seat at once, free or not, for a process whose clients are counted elsewhere. A drain
  /// waits for it.
  public void arrive() {
    lock.lock();
    try {
      taken++;
    } finally {
      lock.unlock();
    }
  }

  /// A client that another process served has gone; the seat is that process's and stays taken.
  public void depart() {
    lock.lock();
    try {
      seated--;
      left++;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all seats are free: nobody is served, and nobody has been accepted who will be.
  /// False when the time is over first, or the server ends.
  public boolean awaitEmpty(long nanos) {
    lock.lock();
    try {
      long rest = nanos;
      while (taken > 0 && rest > 0 && !ended) {
        rest = empty.awaitNanos(rest);
      }
      return taken == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Gives a seat back that was taken for nobody.
  public void give() {
    List<Runnable> told;
    lock.lock();
    try {
      told = free();
    } finally {
      lock.unlock();
    }
    told.forEach(Runnable::run);
  }

  /// Frees a seat. With the lock; without it, those who are returned are to be told.
  private List<Runnable> free() {
    if (--taken == 0) {
      empty.signalAll();
    }
    freed.signal();
    if (waiters.isEmpty()) {
      return waiters;
    }
    List<Runnable> told = waiters;
    waiters = List.of();
    return told;
  }

  /// Whether nobody is let in any more.
  boolean closed() {
    return closed;
  }

  /// Lets those who wait go without a seat.
  public void close() {
    lock.lock();
    try {
      closed = true;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Closes, and waits for nobody any more.
  public void end() {
    lock.lock();
    try {
      ended = true;
      empty.signalAll();
    } finally {
      lock.unlock();
    }
    close();
  }

  /// How many clients have been served and have gone.
  public long left() {
    lock.lock();
    try {
      return left;
    } finally {
      lock.unlock();
    }
  }

  /// How many clients are served.
  public int seated() {
    lock.lock();
    try {
      return seated;
    } finally {
      lock.unlock();
    }
  }
}
