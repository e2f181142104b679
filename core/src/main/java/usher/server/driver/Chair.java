package usher.server.driver;

/// The one chair of a model that serves one client or datagram at a time, whichever address it came
/// to. Gates ask for it before they let anybody in, so that the rest wait in the system.
///
/// Thread-safe.
public final class Chair {
  private final Permits one = new Permits(1);

  /// Takes it if nobody has it; otherwise remembers to tell, once, when it is free.
  boolean take(Runnable whenFree) {
    return one.take(whenFree);
  }

  /// Somebody waits for it elsewhere, or has it: it is not free until he has given it back.
  public void claim() {
    one.arrive();
  }

  /// Gives it back.
  public void give() {
    one.give();
  }
}
