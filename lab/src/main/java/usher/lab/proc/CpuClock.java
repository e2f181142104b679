package usher.lab.proc;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The CPU clock of a process (clock_getcpuclockid(3)): user and system time of all its threads,
/// ended ones included, in nanoseconds. `/proc` tells it in hundredths of a second, which is as
/// much as a server takes for a thousand requests.
///
/// For Linux.
@SuppressWarnings("restricted") // what this class is for
final class CpuClock {
  private static final long SECOND = 1_000_000_000;

  /// How the kernel numbers the clock of a process: its complement, and which of its clocks.
  private static final int SHIFT = 3;

  private static final int SCHEDULED = 2;
  private static final MemoryLayout TIMESPEC =
      MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
  private static final @Nullable MethodHandle GETTIME = gettime();

  private CpuClock() {}

  private static @Nullable MethodHandle gettime() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      return null;
    }
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("clock_gettime")
        .map(
            found ->
                linker.downcallHandle(
                    found,
                    FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)))
        .orElse(null);
  }

  /// What it shows; empty where there is no such clock, or no such process any more.
  static OptionalLong nanos(long pid) {
    MethodHandle gettime = GETTIME;
    if (gettime == null) {
      return OptionalLong.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(TIMESPEC);
      int clock = ((int) ~pid << SHIFT) | SCHEDULED;
      if ((int) gettime.invokeExact(clock, time) != 0) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(
          time.getAtIndex(ValueLayout.JAVA_LONG, 0) * SECOND
              + time.getAtIndex(ValueLayout.JAVA_LONG, 1));
    } catch (Throwable impossible) {
      throw new AssertionError(impossible);
    }
  }
}
