package usher.server.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import usher.server.Blocked;
import usher.server.Patience;

/// Looks, several times within the shortest patience, whether a handler still holds its thread, and
/// tells the probe once when it has held it for too long. The stack is taken while it is stuck.
///
/// What is told began at least so long ago as is said, and up to a quarter of the patience earlier;
/// a call that holds its thread for hardly longer than it may can slip through.
///
/// One daemon thread for a server, started with the first stint whose patience ends at all, and
/// asleep in between. A platform thread: virtual ones would wait behind the handlers that it is to
/// see. Thread-safe.
public final class Watchdog {
  /// Looks within the time of one patience.
  private static final int LOOKS = 4;

  private static final long SELDOM = TimeUnit.SECONDS.toNanos(1);
  private static final long OFTEN = TimeUnit.MILLISECONDS.toNanos(1);

  /// Calls of a stack that are told of.
  private static final int DEPTH = 64;

  private final House house;
  private final long loopPatience;
  private final long threadPatience;
  private final Set<Stint> stints = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile long pause = SELDOM;
  private volatile @Nullable Thread thread;
  private volatile boolean ended;

  Watchdog(House house, Patience patience) {
    this.house = house;
    this.loopPatience = nanos(patience.loop().toNanos());
    this.threadPatience = nanos(patience.thread().toNanos());
  }

  private static long nanos(long patience) {
    return patience == 0 ? Long.MAX_VALUE : patience;
  }

  /// Watches a loop from now on.
  Stint loop() {
    return watch(new Stint(true, loopPatience));
  }

  /// Watches another thread from now on.
  Stint thread() {
    return watch(unwatched());
  }

  /// For a thread that is to be watched later.
  Stint unwatched() {
    return new Stint(false, threadPatience);
  }

  /// Watches from now on, until [#forget].
  Stint watch(Stint stint) {
    if (stint.patience == Long.MAX_VALUE) {
      return stint;
    }
    stints.add(stint);
    long wanted = Math.clamp(stint.patience / LOOKS, OFTEN, SELDOM);
    if (wanted < pause) {
      pause = wanted;
      LockSupport.unpark(thread);
    }
    if (!started.get() && started.compareAndSet(false, true)) {
      Thread made = Thread.ofPlatform().daemon().name("usher-watchdog").unstarted(this::run);
      thread = made;
      made.start();
    }
    return stint;
  }

  /// Watches it no longer.
  void forget(Stint stint) {
    stints.remove(stint);
  }

  /// Looks no more.
  public void end() {
    ended = true;
    LockSupport.unpark(thread);
  }

  /// What holds its thread for too long just now. From any thread.
  public List<Blocked> blocked() {
    List<Blocked> all = new ArrayList<>();
    long now = house.now();
    for (Stint stint : stints) {
      // The notes of a stint are the watchdog's: it lends them for this moment.
      synchronized (stint) {
        Stint.Sight sight = stint.look(now);
        Blocked blocked =
            sight != null && sight.nanos() >= stint.patience ? describe(stint, sight) : null;
        if (blocked != null) {
          all.add(blocked);
        }
      }
    }
    return all;
  }

  private void run() {
    while (!ended) {
      LockSupport.parkNanos(this, pause);
      long now = house.now();
      for (Stint stint : stints) {
        try {
          look(stint, now);
        } catch (Throwable thrown) {
          house.probe.broken(thrown);
        }
      }
    }
  }

  private void look(Stint stint, long now) {
    Blocked blocked;
    synchronized (stint) {
      Stint.Sight sight = stint.look(now);
      if (sight == null || !stint.overdue(sight)) {
        return;
      }
      blocked = describe(stint, sight);
    }
    if (blocked != null) {
      house.probe.blocked(blocked);
    }
  }

  /// What it is, or null if it has gone on meanwhile: then the stack is that of something else.
  private static @Nullable Blocked describe(Stint stint, Stint.Sight sight) {
    List<String> stack = stack(sight.thread());
    String task = task(sight.client());
    Thread thread = sight.thread();
    String name = thread.getName().isEmpty() ? "thread " + thread.threadId() : thread.getName();
    return stint.still(sight.run())
        ? new Blocked(sight.client(), task, stint.loop, name, sight.nanos(), stack)
        : null;
  }

  private static String task(Client client) {
    try {
      return client.task();
    } catch (Throwable changing) {
      return "";
    }
  }

  /// Its calls down to the first of the drivers', which are the same for everybody; all of them
  /// where the driver itself is stuck.
  private static List<String> stack(Thread thread) {
    StackTraceElement[] calls = thread.getStackTrace();
    List<String> own =
        Stream.of(calls)
            .takeWhile(call -> !ours(call))
            .limit(DEPTH)
            .map(StackTraceElement::toString)
            .toList();
    return own.stream().anyMatch(call -> !call.startsWith("java"))
        ? own
        : Stream.of(calls).limit(DEPTH).map(StackTraceElement::toString).toList();
  }

  private static boolean ours(StackTraceElement call) {
    return call.getClassName().startsWith(Watchdog.class.getPackageName() + ".");
  }
}
