package usher.server.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The seats of a server: one is taken for each connection, and for each datagram in hand, and
/// given back when it has ended. Each model that is at work has a part of them, which counts its
/// own clients; how many there may be is said for the whole. Thread-safe.
public final class Permits {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private final int most;

  /// What this is a part of: its seats are taken there as well.
  private final @Nullable Permits whole;

  private int taken;
  private int seated;
  private long left;
  private volatile boolean closed;
  private boolean ended;
  private List<Runnable> waiters = List.of();

  /// The seats of a server.
  public Permits(int most) {
    this(most, null);
  }

  private Permits(int most, @Nullable Permits whole) {
    this.most = most;
    this.whole = whole;
  }

  /// A part of these for one model at work.
  Permits part() {
    return new Permits(Integer.MAX_VALUE, this);
  }

  /// Takes a seat if one is free; otherwise remembers to tell, once, when one is. All that wait are
  /// told of the same seat: whoever was told first may have no client for it any more.
  public boolean take(Runnable whenFree) {
    if (whole != null && !whole.take(whenFree)) {
      return false;
    }
    lock.lock();
    try {
      if (!closed && taken < most) {
        taken++;
        return true;
      }
      if (!closed) {
        remember(whenFree);
      }
    } finally {
      lock.unlock();
    }
    giveToWhole();
    return false;
  }

  private void remember(Runnable waiter) {
    if (waiters.isEmpty()) {
      waiters = new ArrayList<>();
    }
    waiters.add(waiter);
  }

  /// Takes a seat for somebody who does not wait and will be served. False if none is free, or if
  /// nobody is let in any more.
  boolean takeNow() {
    if (whole != null && !whole.takeNow()) {
      return false;
    }
    lock.lock();
    try {
      if (!closed && taken < most) {
        taken++;
        return true;
      }
    } finally {
      lock.unlock();
    }
    giveToWhole();
    return false;
  }

  /// Takes a seat for somebody who does not wait and is served from now on. False if none is free,
  /// or if nobody is let in any more.
  boolean enter() {
    if (whole != null && !whole.enter()) {
      return false;
    }
    lock.lock();
    try {
      if (!closed && taken < most) {
        taken++;
        seated++;
        return true;
      }
    } finally {
      lock.unlock();
    }
    if (whole != null) {
      whole.retract();
    }
    return false;
  }

  /// Undoes [#enter] for somebody who was not let in after all.
  private void retract() {
    lock.lock();
    try {
      seated--;
    } finally {
      lock.unlock();
    }
    give();
  }

  /// Whoever took this seat is served from now on.
  public void seat() {
    lock.lock();
    try {
      seated++;
    } finally {
      lock.unlock();
    }
    if (whole != null) {
      whole.seat();
    }
  }

  /// A served client has gone: gives its seat back.
  void leave() {
    List<Runnable> told;
    lock.lock();
    try {
      // Both at once: whoever sees that it has gone finds its seat free.
      seated--;
      left++;
      told = free();
    } finally {
      lock.unlock();
    }
    told.forEach(Runnable::run);
    if (whole != null) {
      whole.leave();
    }
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
    if (whole != null) {
      whole.arrive();
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
    if (whole != null) {
      whole.depart();
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
    giveToWhole();
  }

  /// A seat is free. With the lock.
  ///
  /// @return who waits for it and is to be told, without the lock
  private List<Runnable> free() {
    if (--taken == 0) {
      empty.signalAll();
    }
    List<Runnable> told = waiters;
    waiters = List.of();
    return told;
  }

  private void giveToWhole() {
    if (whole != null) {
      whole.give();
    }
  }

  /// Whether nobody is let in any more.
  boolean closed() {
    return closed || (whole != null && whole.closed());
  }

  /// Lets nobody in any more.
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /// Closes, and waits for nobody any more.
  public void end() {
    close();
    lock.lock();
    try {
      ended = true;
      empty.signalAll();
    } finally {
      lock.unlock();
    }
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
