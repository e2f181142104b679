package usher.lab.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcStatusTest {
  @Test
  void reads_resident_memory_and_threads() {
    String text = "Name:\tjava\nVmPeak:\t  900 kB\nVmRSS:\t   1234 kB\nThreads:\t17\n";
    assertThat(ProcStatus.parse(text)).isEqualTo(new ProcStatus(1234 * 1024, 17));
  }

  @Test
  void a_zombie_has_no_memory() {
    assertThat(ProcStatus.parse("Name:\tjava\nState:\tZ (zombie)\nThreads:\t1\n"))
        .isEqualTo(new ProcStatus(0, 1));
  }

  @Test
  void another_unit_is_refused() {
    assertThatThrownBy(() -> ProcStatus.parse("VmRSS:\t12 MB\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
