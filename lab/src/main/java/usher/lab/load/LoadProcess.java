package usher.lab.load;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import usher.lab.load.Messages.Word;
import usher.lab.proc.JavaProgram;

/// A load generator in a process of its own, and the way to speak to it. One thread at a time gives
/// it plans; it may be closed from any, and takes the process with it.
public final class LoadProcess implements AutoCloseable {
  private static final int KEPT = 40;
  private static final int UNREAD = 4_096;
  private static final long MARGIN_SECONDS = 60;
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Messages messages = new Messages();
  private final Process process;
  private final BufferedWriter plans;
  private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(UNREAD);
  private final Deque<String> complaints = new ArrayDeque<>();
  private final Thread complaining;

  /// A line that it printed; none at the end.
  private record Line(@Nullable String text) {}

  private LoadProcess(Process process) {
    this.process = process;
    this.plans = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofVirtual().name("load-out").start(() -> read(process));
    this.complaining = Thread.ofVirtual().name("load-err").start(() -> complain(process));
  }

  /// Starts one on the JVM that runs this.
  ///
  /// @param classPath where [LoadGenerator] and what it needs is found
  /// @param core the only core that it may use, counted from 0; without effect where there is no
  ///   `taskset`
  public static LoadProcess start(String classPath, OptionalInt core) throws IOException {
    List<String> command = new ArrayList<>();
    if (core.isPresent() && canPin()) {
      command.addAll(List.of("taskset", "-c", Integer.toString(core.getAsInt())));
    }
    command.add(JavaProgram.path());
    // One thread works, perhaps on one core: a collector without threads, room for garbage that
    // hardly
    // comes, and the quick compiler. What the other one saves is a microsecond a request; while it
    // works, requests are sent late.
    command.addAll(List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmn128m", "-Xmx1g"));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-Djava.awt.headless=true"));
    command.addAll(List.of("-cp", classPath, LoadGenerator.class.getName()));
    return new LoadProcess(new ProcessBuilder(command).start());
  }

  /// Whether a process can be bound to a core here.
  public static boolean canPin() {
    String path = System.getenv("PATH");
    if (path == null) {
      return false;
    }
    for (String directory : path.split(File.pathSeparator, -1)) {
      if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, "taskset"))) {
        return true;
      }
    }
    return false;
  }

  /// Has a plan carried out, and waits for the report as long as that can take.
  public LoadReport run(LoadPlan plan, Consumer<Progress> progress)
      throws GeneratorException, InterruptedException {
    double most =
        plan.warmSeconds()
            + plan.seconds()
            + 4 * plan.patienceSeconds()
            + (plan.idle() + plan.connections()) / 200.0
            + MARGIN_SECONDS;
    return run(plan, Duration.ofMillis((long) (most * 1_000)), progress);
  }

  /// Has a plan carried out, and waits for the report.
  ///
  /// @param within after which the generator is killed
  /// @param progress told a few times a second, on this thread
  /// @throws GeneratorException if there is no report: it failed, or ended, or took too long
  /// @throws InterruptedException if this thread is interrupted; the generator is killed, too
  public LoadReport run(LoadPlan plan, Duration within, Consumer<Progress> progress)
      throws GeneratorException, InterruptedException {
    try {
      plans.write(messages.line(plan));
      plans.newLine();
      plans.flush();
    } catch (IOException e) {
      throw ended();
    }
    boolean done = false;
    try {
      long until = System.nanoTime() + within.toNanos();
      while (true) {
        Line line = lines.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null) {
          throw new GeneratorException("no report from the load generator within " + within);
        }
        String text = line.text();
        if (text == null) {
          throw ended();
        }
        switch (messages.word(text)) {
          case Word.OnItsWay(Progress so) -> progress.accept(so);
          case Word.Done(LoadReport report) -> {
            done = true;
            return report;
          }
          case Word.Failed(String why) -> {
            done = true;
            throw new GeneratorException("the load generator failed: " + why);
          }
        }
      }
    } finally {
      if (!done) {
        process.destroyForcibly(); // what it may still say belongs to no plan
      }
    }
  }

  private GeneratorException ended() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    complaining.join(GRACE);
    synchronized (complaints) {
      return new GeneratorException(
          "the load generator ended with exit code "
              + process.exitValue()
              + (complaints.isEmpty() ? "" : ":\n" + String.join("\n", complaints)));
    }
  }

  /// The number of the process.
  public long pid() {
    return process.pid();
  }

  private void read(Process from) {
    try {
      try (BufferedReader in = from.inputReader(StandardCharsets.UTF_8)) {
        for (String text = in.readLine(); text != null; text = in.readLine()) {
          lines.put(new Line(text));
        }
      } catch (IOException e) {
        // It has ended.
      }
      lines.put(new Line(null));
    } catch (InterruptedException e) {
      // Nobody does; and who waits has a limit of time.
    }
  }

  private void complain(Process from) {
    try (BufferedReader in = from.errorReader(StandardCharsets.UTF_8)) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        synchronized (complaints) {
          complaints.addLast(text);
          if (complaints.size() > KEPT) {
            complaints.removeFirst();
          }
        }
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  /// Kills it, whatever it does.
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
