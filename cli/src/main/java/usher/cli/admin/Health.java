package usher.cli.admin;

/// Whether a server wants new clients just now. Who balances load over several servers asks, and
/// sends nobody more to one that says no. Thread-safe.
public final class Health {
  private volatile boolean ready;

  /// Not ready yet.
  public Health() {}

  /// Says so from now on.
  public void ready(boolean value) {
    ready = value;
  }

  /// Whether it does.
  public boolean ready() {
    return ready;
  }
}
