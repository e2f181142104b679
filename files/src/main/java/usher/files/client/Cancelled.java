package usher.files.client;

import java.io.IOException;

/// A transfer was ended by whoever is told of its progress.
public final class Cancelled extends IOException {
  private static final long serialVersionUID = 1;

  /// Made by whoever has been told so.
  public Cancelled() {
    super("cancelled");
  }
}
