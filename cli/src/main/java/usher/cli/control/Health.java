package usher.cli.control;

/// Whether a server wants clients: what its readiness check answers. Thread-safe.
public final class Health {
  private volatile boolean ready = true;

  public boolean ready() {
    return ready;
  }

  public void ready(boolean now) {
    ready = now;
  }
}
