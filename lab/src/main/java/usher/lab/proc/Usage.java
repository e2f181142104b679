package usher.lab.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a server and its children have used up to now, and hold at this moment.
///
/// @param cpuNanos CPU time, user and system, in nanoseconds; that of children that have ended and
///   were waited for included, to a hundredth of a second
/// @param switches context switches so far, by thread: those of threads that have ended are gone
/// @param memoryBytes resident memory; a page that several share counts in parts (PSS)
/// @param threads of all of them
/// @param processes how many they are
public record Usage(
    long cpuNanos, Map<Long, Long> switches, long memoryBytes, int threads, int processes) {
  private static final Path PROC = Path.of("/proc");

  public Usage {
    switches = Map.copyOf(switches);
  }

  /// Of the processes at this moment. One that ends meanwhile counts for nothing.
  public static Usage of(ProcessTree tree) throws IOException {
    long cpu = 0;
    long memory = 0;
    int threads = 0;
    int processes = 0;
    Map<Long, Long> switches = new HashMap<>();
    for (ProcessHandle process : tree.members()) {
      Optional<String> stat = ProcessTree.read(process, "stat");
      Optional<String> status = ProcessTree.read(process, "status");
      Optional<String> pages = ProcessTree.read(process, "smaps_rollup");
      if (stat.isEmpty() || status.isEmpty() || pages.isEmpty()) {
        continue;
      }
      ProcStat told = ProcStat.parse(stat.get());
      long own = (told.ticks() - told.waitedTicks()) * ProcStat.TICK;
      cpu += CpuClock.nanos(process.pid()).orElse(own) + told.waitedTicks() * ProcStat.TICK;
      threads += ProcStatus.parse(status.get()).threads();
      memory += value(pages.get(), "Pss:") * 1024;
      processes++;
      count(process, switches);
    }
    return new Usage(cpu, switches, memory, threads, processes);
  }

  private static void count(ProcessHandle process, Map<Long, Long> switches) throws IOException {
    List<Path> tasks;
    try (Stream<Path> all = Files.list(PROC.resolve(process.pid() + "/task"))) {
      tasks = all.toList();
    } catch (IOException ended) {
      return;
    }
    for (Path task : tasks) {
      try {
        long sum = switches(Files.readString(task.resolve("status")));
        switches.put(Long.parseLong(task.getFileName().toString()), sum);
      } catch (IOException ended) {
        // Threads come and go.
      }
    }
  }

  /// Context switches that a thread's `status` tells of, its own and those it was made to do.
  static long switches(String status) {
    return value(status, "voluntary_ctxt_switches:") + value(status, "nonvoluntary_ctxt_switches:");
  }

  /// The number behind the name of a field of such a file; 0 where there is none.
  static long value(String text, String field) {
    return text.lines()
        .filter(line -> line.startsWith(field))
        .map(line -> line.substring(field.length()).strip().split(" ", -1)[0])
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  /// Context switches since then, of the threads that are still there.
  public long switchesSince(Usage before) {
    return switches.entrySet().stream()
        .mapToLong(each -> each.getValue() - before.switches.getOrDefault(each.getKey(), 0L))
        .sum();
  }
}
