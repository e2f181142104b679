package usher.files.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/// Where a file lands that comes to this machine: under a hidden name beside its target until it is
/// whole, then at once under its own.
///
/// @param target absolute; replaced if it is there
public record Landing(Path target) {
  /// What hidden names end with.
  public static final String PART = ".part";

  /// Beside a target, which may be relative.
  public Landing {
    target = target.toAbsolutePath();
  }

  /// The folder of both.
  public Path folder() {
    return Objects.requireNonNull(target.getParent());
  }

  /// A hidden name.
  ///
  /// @param word what tells it from others
  public Path part(String word) {
    return folder().resolve("." + word + PART);
  }

  /// Gives it its name.
  ///
  /// @param part whole, and on the disk
  public void land(Path part) throws IOException {
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
