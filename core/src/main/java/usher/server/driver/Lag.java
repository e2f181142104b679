package usher.server.driver;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// How long virtual threads wait for a carrier just now. A connection that is ready is a thread in
/// the scheduler's queue, which nobody else can see; so a virtual thread of our own stands in that
/// queue from time to time, and looks at the clock before and after.
///
/// Thread-safe. Nothing runs, and the lag is none, until [#start].
public final class Lag {
  /// Looks within the time that clients may wait.
  private static final int LOOKS = 10;

  private static final long NOBODY = -1;
  private static final Duration OFTEN = Duration.ofMillis(10);

  private final House house;
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile long queuedAt = NOBODY;
  private volatile long last;
  private volatile @Nullable Thread thread;

  Lag(House house) {
    this.house = house;
  }

  /// The time that one waits who comes to the queue now, ns: as long as the last one did, or as the
  /// one does who still waits.
  long nanos() {
    long since = queuedAt;
    return since == NOBODY ? last : Math.max(last, house.now() - since);
  }

  /// Looks from now on, if anybody's time of waiting is bounded.
  public void start() {
    if (house.queueTime < Long.MAX_VALUE && started.compareAndSet(false, true)) {
      thread = Thread.ofVirtual().name("usher-lag").start(this::run);
    }
  }

  /// Looks no more.
  public void end() {
    Thread looking = thread;
    if (looking != null) {
      looking.interrupt();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // to stand in the queue is all that this is for
  private void run() {
    Duration pause = Duration.ofNanos(house.queueTime / LOOKS);
    try {
      while (true) {
        Thread.sleep(pause.compareTo(OFTEN) < 0 ? OFTEN : pause);
        long start = house.now();
        queuedAt = start;
        Thread.yield();
        last = house.now() - start;
        queuedAt = NOBODY;
      }
    } catch (InterruptedException end) {
      last = 0;
    }
  }
}
