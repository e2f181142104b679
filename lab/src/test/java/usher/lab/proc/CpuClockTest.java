package usher.lab.proc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class CpuClockTest {
  @Test
  void shows_what_the_process_itself_knows() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = system.getProcessCpuTime();
    long shown = CpuClock.nanos(ProcessHandle.current().pid()).orElseThrow();
    long after = system.getProcessCpuTime();
    // The process is told its user and its system time, each cut to hundredths of a second.
    assertThat(shown).isBetween(before - 3 * ProcStat.TICK, after + 3 * ProcStat.TICK);
  }

  @Test
  void shows_another_process_in_less_than_its_ticks() throws Exception {
    Process other = new ProcessBuilder("sh", "-c", "read line").start();
    try {
      Path stat = Path.of("/proc", Long.toString(other.pid()), "stat");
      assertThat(CpuClock.nanos(other.pid()).orElseThrow()).isPositive();
      long ticks = ProcStat.parse(Files.readString(stat)).ticks();
      assertThat(CpuClock.nanos(other.pid()).orElseThrow())
          .isGreaterThanOrEqualTo((ticks - 2) * ProcStat.TICK);
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(CpuClock.nanos(other.pid())).isEmpty();
  }
}
