package usher.files.client;

import java.io.IOException;

/// A transfer was ended by whoever is told of its progress.
public final class Cancelled extends IOException {
  private static final long serialVersionUID = 1;

  /// Ended on request.
  public Cancelled() {
    super("cancelled");
  }
}
