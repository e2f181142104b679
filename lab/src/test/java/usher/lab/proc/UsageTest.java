package usher.lab.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class UsageTest {
  @Test
  void sees_this_process() throws Exception {
    Usage usage = Usage.of(new ProcessTree(ProcessHandle.current()));
    assertThat(usage.cpuNanos()).isPositive();
    assertThat(usage.memoryBytes()).isGreaterThan(10_000_000);
    assertThat(usage.threads()).isGreaterThan(5);
    assertThat(usage.processes()).isPositive();
    assertThat(usage.switches()).hasSizeGreaterThan(5);
  }

  @Test
  void counts_both_kinds_of_switches_of_a_thread() {
    assertThat(
            Usage.switches(
                "Name:\tx\nvoluntary_ctxt_switches:\t150\nnonvoluntary_ctxt_switches:\t5\n"))
        .isEqualTo(155);
  }

  @Test
  void switches_are_those_of_the_threads_that_are_still_there_and_of_new_ones() {
    var before = new Usage(0, Map.of(1L, 10L, 2L, 20L), 0, 2, 1);
    var after = new Usage(0, Map.of(2L, 25L, 3L, 7L), 0, 2, 1);
    assertThat(after.switchesSince(before)).isEqualTo(5 + 7);
  }

  @Test
  void memory_is_the_part_of_the_pages() {
    assertThat(Usage.value("Rss:  900 kB\nPss:    123 kB\nPss_Anon: 9 kB\n", "Pss:"))
        .isEqualTo(123);
  }
}
