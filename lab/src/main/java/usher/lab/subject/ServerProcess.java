package usher.lab.subject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import usher.lab.proc.ProcessTree;
import usher.lab.proc.Usage;

/// A server in a process of its own, such as a [SubjectServer], which ends when this is closed,
/// with its children.
///
/// For one thread.
public final class ServerProcess implements Subject {
  private static final long PATIENCE_SECONDS = 30;
  private static final long GRACE_SECONDS = 2;
  private static final int LAST_WORDS = 2_000;

  private final String name;
  private final boolean asksHeap;
  private final Process process;
  private final ProcessTree tree;
  private final BufferedReader said;
  private final Writer orders;
  private final Path log;
  private final String address;
  private final long started;

  private ServerProcess(String name, boolean asksHeap, Process process, Path log, long started)
      throws SubjectException {
    this.name = name;
    this.asksHeap = asksHeap;
    this.process = process;
    this.tree = new ProcessTree(process.toHandle());
    this.said = process.inputReader(StandardCharsets.UTF_8);
    this.orders = process.outputWriter(StandardCharsets.US_ASCII);
    this.log = log;
    this.started = started;
    this.address = word("READY ");
  }

  /// Starts one and waits until it listens.
  ///
  /// @param name of the subject
  /// @param asksHeap whether it tells of its heap
  /// @param line the command
  /// @throws SubjectException if it ends, or says nothing for half a minute
  static ServerProcess start(String name, boolean asksHeap, List<String> line)
      throws SubjectException, IOException {
    Path log = Files.createTempFile("usher-lab-", ".log");
    long started = System.nanoTime();
    Process process = new ProcessBuilder(line).redirectError(log.toFile()).start();
    try {
      return new ServerProcess(name, asksHeap, process, log, started);
    } catch (SubjectException | RuntimeException thrown) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Files.deleteIfExists(log);
      throw thrown;
    }
  }

  /// When its process was started, in nanoseconds of this JVM.
  public long started() {
    return started;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public Optional<Usage> usage() throws IOException {
    return Optional.of(Usage.of(tree));
  }

  @Override
  public OptionalLong heap() throws IOException {
    if (!asksHeap) {
      return OptionalLong.empty();
    }
    orders.write("heap\n");
    orders.flush();
    try {
      return OptionalLong.of(Long.parseLong(word("HEAP ")));
    } catch (SubjectException gone) {
      throw new IOException(gone.getMessage(), gone);
    }
  }

  private String word(String begin) throws SubjectException {
    var line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Optional.ofNullable(said.readLine());
              } catch (IOException gone) {
                return Optional.<String>empty();
              }
            },
            Thread::startVirtualThread);
    try {
      Optional<String> got = line.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (got.isPresent() && got.get().startsWith(begin)) {
        return got.get().substring(begin.length());
      }
    } catch (TimeoutException late) {
      throw new SubjectException(name() + " says nothing: " + lastWords());
    } catch (ExecutionException | InterruptedException thrown) {
      throw new SubjectException(name() + ": " + thrown);
    }
    throw new SubjectException("the server under " + name() + " ends: " + lastWords());
  }

  private String lastWords() {
    try {
      String all = Files.readString(log).strip();
      return all.isEmpty()
          ? "it said nothing"
          : all.substring(Math.max(0, all.length() - LAST_WORDS));
    } catch (IOException unreadable) {
      return "its log cannot be read";
    }
  }

  @Override
  public void close() {
    try (said;
        orders) {
      process.getOutputStream().close();
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        tree.kill();
        process.waitFor();
      }
      Files.deleteIfExists(log);
    } catch (IOException gone) {
      tree.kill();
    } catch (InterruptedException stopped) {
      tree.kill();
      Thread.currentThread().interrupt();
    }
  }
}
