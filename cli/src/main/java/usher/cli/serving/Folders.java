package usher.cli.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import usher.cli.console.Failure;

/// The folders and files that a command line names.
public final class Folders {
  private Folders() {}

  /// The folder of this name, in full.
  ///
  /// @throws Failure if there is none, or this user may not look into it
  public static Path readable(String name) {
    Path path = path("no folder", name);
    if (Files.isDirectory(path)) {
      if (Files.isReadable(path) && Files.isExecutable(path)) {
        return path;
      }
      throw Failure.failed(
          "this user may not look into the folder %s; %s".formatted(path, rights(path)));
    }
    if (Files.exists(path)) {
      throw Failure.failed(
          "%s is a file; name the folder that it is in: %s".formatted(path, path.getParent()));
    }
    throw Failure.failed("there is no folder %s; make it, or name another".formatted(path));
  }

  /// The path of this name, in full, whether something is there or not.
  ///
  /// @param what that cannot be called so, such as `no folder`
  /// @throws Failure if nothing can have that name
  public static Path path(String what, String name) {
    try {
      return Path.of(name).toAbsolutePath().normalize();
    } catch (InvalidPathException invalid) {
      throw Failure.failed(what + " can be called " + name);
    }
  }

  private static String rights(Path path) {
    try {
      return "it belongs to "
          + Files.getOwner(path).getName()
          + "; change its rights, or name another";
    } catch (IOException | UnsupportedOperationException unknown) {
      return "change its rights, or name another";
    }
  }
}
