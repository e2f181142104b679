package usher.cli.serving;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import usher.cli.console.Failure;
import usher.cli.console.Terminal;

/// Lines at the end of a file, or on standard output: an access log.
///
/// Each line is one write in append mode, at once: none is lost when the process is killed, none
/// mixes with another, and a tool that moves lines away by copying and truncating finds nothing
/// held back. When the disk is full, that is said once and serving goes on without the log until it
/// takes lines again.
public final class LineFile implements Consumer<String> {
  private final String name;
  private final OutputStream out;
  private final Terminal terminal;
  private final AtomicBoolean failing = new AtomicBoolean();

  LineFile(String name, OutputStream out, Terminal terminal) {
    this.name = name;
    this.out = out;
    this.terminal = terminal;
  }

  /// The file of this name, or standard output for `-`.
  ///
  /// @throws Failure if it cannot be written
  public static LineFile open(String name, Terminal terminal) {
    if (name.equals("-")) {
      return new LineFile("standard output", terminal.out(), terminal);
    }
    try {
      Path path = Path.of(name).toAbsolutePath().normalize();
      if (Files.isDirectory(path)) {
        throw Failure.failed("--access-log: " + path + " is a folder; name a file in it");
      }
      Path folder = path.getParent();
      if (folder == null || !Files.isDirectory(folder)) {
        throw Failure.failed(
            "--access-log: there is no folder %s; make it, or name another file".formatted(folder));
      }
      return new LineFile(path.toString(), new FileOutputStream(path.toFile(), true), terminal);
    } catch (InvalidPathException invalid) {
      throw Failure.failed("--access-log: no file can be called " + name);
    } catch (IOException denied) {
      throw Failure.failed(
          "--access-log: this user may not write to " + name + "; name another file");
    }
  }

  @Override
  public void accept(String line) {
    try {
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
      failing.set(false);
    } catch (IOException thrown) {
      if (failing.compareAndSet(false, true)) {
        terminal.warn("%s takes no lines: %s".formatted(name, thrown.getMessage()));
      }
    }
  }
}
