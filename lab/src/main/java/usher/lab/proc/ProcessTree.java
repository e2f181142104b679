package usher.lab.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A process and all of its descendants, read through `/proc`.
///
/// A process that ends between being listed and being read counts for nothing here; its CPU time
/// then shows up with the parent that waited for it.
public final class ProcessTree {
  private static final Path PROC = Path.of("/proc");

  private final ProcessHandle root;

  public ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /// CPU time used so far by all of them, in clock ticks.
  public long ticks() throws IOException {
    long sum = 0;
    for (ProcessHandle process : members()) {
      Optional<String> line = read(process, "stat");
      if (line.isPresent()) {
        sum += ProcStat.parse(line.get()).ticks();
      }
    }
    return sum;
  }

  /// Resident memory and threads of all of them together. Pages that several share count for each.
  public ProcStatus status() throws IOException {
    long resident = 0;
    int threads = 0;
    for (ProcessHandle process : members()) {
      Optional<String> text = read(process, "status");
      if (text.isPresent()) {
        ProcStatus status = ProcStatus.parse(text.get());
        resident += status.residentBytes();
        threads += status.threads();
      }
    }
    return new ProcStatus(resident, threads);
  }

  /// The processes that the root has started.
  public List<ProcessHandle> children() {
    return root.children().toList();
  }

  /// The first of them that runs the `java` program, from the root down.
  public Optional<ProcessHandle> java() {
    return members().stream()
        .filter(p -> p.info().command().map(c -> c.endsWith("/java")).orElse(false))
        .findFirst();
  }

  /// Kills all of them at once, children first, without asking.
  public void kill() {
    members().reversed().forEach(ProcessHandle::destroyForcibly);
  }

  /// The root and all that come from it, the root first.
  public List<ProcessHandle> members() {
    return Stream.concat(Stream.of(root), root.descendants()).toList();
  }

  /// One of its files below `/proc`, or nothing where it has ended.
  static Optional<String> read(ProcessHandle process, String file) throws IOException {
    try {
      return Optional.of(Files.readString(PROC.resolve(process.pid() + "/" + file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      // A process that ends while it is read answers "No such process", and so does one that has
      // ended and is still to be waited for.
      boolean ended = String.valueOf(e.getMessage()).contains("No such process");
      if (!ended && Files.exists(PROC.resolve(Long.toString(process.pid())))) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
