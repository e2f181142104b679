package usher.server.driver;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The workers behind a loop: at most a fixed number of platform threads, and a bounded queue. A
/// call that finds the queue full is refused at once. Threads start as they are needed and leave
/// after a minute without work.
///
/// Waking is what costs here, not queueing. So at most one worker is being woken at any time: it
/// wakes the next one itself when it finds more work than it takes. While calls are short the first
/// worker has often done them all before a second one is on its feet; where a call blocks, the
/// chain goes on without it. A thread pool of the JDK wakes a worker for each call instead.
///
/// Thread-safe.
public final class Crew {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

  private final House house;
  private final int most;
  private final int room;
  private final ThreadFactory factory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<Work> queue = new ArrayDeque<>();
  private int workers;
  private int idle;

  /// A worker has been told of work, or started, and has not looked yet.
  private boolean waking;

  private boolean ended;

  /// A crew without workers yet.
  ///
  /// @param room how many calls may wait
  public Crew(String name, House house, int workers, int room) {
    this.house = house;
    this.most = workers;
    this.room = room;
    this.factory = Thread.ofPlatform().daemon().name(name, 0).factory();
  }

  /// Queues a call. False if there is no room for it.
  public boolean offer(Work call) {
    lock.lock();
    try {
      if (ended || (queue.size() >= room && refusable(call))) {
        return false;
      }
      queue.add(call);
      house.queue();
      wake();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// What goes on with an answer is taken even so; there is one at most for each connection.
  private static boolean refusable(Work work) {
    return !(work instanceof CrewCall asked) || asked.call().task().refusable();
  }

  /// Wakes or starts a worker, unless one is on its way already. With the lock.
  private void wake() {
    if (waking || queue.isEmpty()) {
      return;
    }
    if (idle > 0) {
      waking = true;
      work.signal();
    } else if (workers < most) {
      waking = true;
      workers++;
      try {
        factory.newThread(this::serve).start();
      } catch (Throwable thrown) {
        // Without memory for one more thread the others go on; without any, nobody would.
        waking = false;
        if (--workers == 0) {
          queue.forEach(_ -> house.dequeue());
          queue.clear();
          throw thrown;
        }
      }
    }
  }

  private void serve() {
    Stint stint = house.watchdog.thread();
    try {
      for (Work call = take(true); call != null; call = take(false)) {
        stint.begin(call.client());
        call.run();
        stint.end();
      }
    } catch (InterruptedException nobody) {
      throw new AssertionError("a worker's thread is its own to interrupt", nobody);
    } finally {
      house.watchdog.forget(stint);
    }
  }

  /// The next call, or null when this worker is to leave: at the end, or after a minute without
  /// work.
  private @Nullable Work take(boolean started) throws InterruptedException {
    // A handler may have left its thread interrupted; that was about the call, which is over.
    boolean _ = Thread.interrupted();
    lock.lock();
    try {
      if (started) {
        waking = false;
      }
      long left = PATIENCE;
      while (queue.isEmpty()) {
        if (ended || left <= 0) {
          workers--;
          return null;
        }
        idle++;
        left = work.awaitNanos(left);
        idle--;
        waking = false;
      }
      Work call = queue.poll();
      house.dequeue();
      wake();
      return call;
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more calls and forgets those that wait; what runs goes on to its end.
  public void end() {
    List<Work> forgotten;
    lock.lock();
    try {
      ended = true;
      forgotten = List.copyOf(queue);
      queue.forEach(_ -> house.dequeue());
      queue.clear();
      work.signalAll();
    } finally {
      lock.unlock();
    }
    forgotten.forEach(Work::forget);
  }
}
