package usher.server.driver;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A place where user code works, one call after the other, as the [Watchdog] sees it.
///
/// Calls are numbered, and the watchdog sees that one is still the one that it saw before. So the
/// beginning and the end of a call cost a few plain writes each, and no look at the clock.
///
/// ```
///   idle (even) ──begin──► at work (odd) ──begin──► at work, on the next one
///        ▲                    │     ▲
///        └────────end─────────┘     └──resume── idle ◄──pause── (the code waits for its client)
/// ```
///
/// Written by the thread that works, one at a time; read by the watchdog.
final class Stint {
  private static final VarHandle RUN;

  static {
    try {
      RUN = MethodHandles.lookup().findVarHandle(Stint.class, "run", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /// For how long a call may go on unreported, ns.
  final long patience;

  final boolean loop;
  private @Nullable Client client;
  private @Nullable Thread thread;
  private int run;

  // ---- the watchdog's own notes

  private int seen;
  private long since;
  private boolean told;

  /// @param loop whether it is an event loop
  /// @param patience for how long a call may go on unreported, ns
  Stint(boolean loop, long patience) {
    this.loop = loop;
    this.patience = patience;
  }

  /// Code for this client runs from now on, on this thread.
  void begin(Client whose) {
    client = whose;
    thread = Thread.currentThread();
    RUN.setRelease(this, (run + 1) | 1);
  }

  /// The code has returned.
  void end() {
    RUN.setRelease(this, (run + 1) & ~1);
    client = null;
    thread = null;
  }

  /// The code waits for its client, which may take its time.
  void pause() {
    RUN.setRelease(this, (run + 1) & ~1);
  }

  /// It goes on.
  void resume() {
    RUN.setRelease(this, (run + 1) | 1);
  }

  /// Whose code runs just now, if any does. From any thread.
  @Nullable Client client() {
    int current = (int) RUN.getAcquire(this);
    return (current & 1) == 0 ? null : client;
  }

  // ---- the watchdog's side

  /// A call that is under way.
  ///
  /// @param run its number
  /// @param nanos for how long at least
  record Sight(int run, Client client, Thread thread, long nanos) {}

  /// Looks at what is under way, if anything is.
  @Nullable Sight look(long now) {
    int current = (int) RUN.getAcquire(this);
    if ((current & 1) == 0) {
      return null;
    }
    Client whose = client;
    Thread on = thread;
    if (current != seen) {
      seen = current;
      since = now;
      told = false;
    }
    return whose == null || on == null || !still(current)
        ? null
        : new Sight(current, whose, on, now - since);
  }

  /// Whether this call is still under way.
  boolean still(int number) {
    VarHandle.acquireFence();
    return (int) RUN.getAcquire(this) == number;
  }

  /// True once for each call that has gone on for too long.
  boolean overdue(Sight sight) {
    if (told || sight.nanos() < patience) {
      return false;
    }
    told = true;
    return true;
  }
}
