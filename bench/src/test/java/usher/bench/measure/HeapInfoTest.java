package usher.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapInfoTest {
  @Test
  void adds_the_generations_of_the_serial_collector() {
    assertThat(
            HeapInfo.usedBytes(
                """
                10103:
                DefNew     total 19648K, used 12K [0x00000000fc000000, 0x00000000fd550000)
                 eden space 17472K,   7% used [0x00000000fc000000, 0x00000000fc000000)
                 from space 2176K,   0% used [0x00000000fd330000, 0x00000000fd330000)
                Tenured    total 43712K, used 3804K [0x00000000fd550000, 0x0000000100000000)
                 the  space 43712K,   8% used [0x00000000fd550000, 0x00000000fd9070e0)
                Metaspace       used 1234K, committed 1344K, reserved 1114112K
                 class space    used 99K, committed 128K, reserved 1048576K
                """))
        .isEqualTo((12 + 3804) * 1024);
  }

  @Test
  void knows_the_parallel_collector() {
    assertThat(
            HeapInfo.usedBytes(
                """
                PSYoungGen      total 18944K, used 5K [0x00000000feb00000, 0x0000000100000000)
                 eden space 16384K, 0% used [0x00000000feb00000,0x00000000ffb00000)
                ParOldGen       total 44032K, used 2912K [0x00000000fc000000, 0x00000000feb00000)
                """))
        .isEqualTo((5 + 2912) * 1024);
  }

  @Test
  void knows_g1_and_z() {
    assertThat(
            HeapInfo.usedBytes(
                """
                garbage-first heap   total reserved 65536K, committed 65536K, used 2913K [0x0)
                 region size 1024K, 0 young (0K), 0 survivors (0K)
                """))
        .isEqualTo(2913 * 1024);
    assertThat(HeapInfo.usedBytes("ZHeap            used 4M, capacity 64M, max capacity 64M\n"))
        .isEqualTo(4 * 1024 * 1024);
  }

  @Test
  void text_without_a_heap_is_refused() {
    assertThatThrownBy(() -> HeapInfo.usedBytes("Metaspace used 1K, committed 2K"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
