package usher.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import usher.bench.contender.Contender;
import usher.bench.contender.Contenders;
import usher.bench.contender.Installation;

class TargetTest {
  @Test
  void every_target_has_a_workload_in_which_its_server_takes_part() {
    List<Workload> workloads = Workloads.all(10, 1);
    List<Contender> contenders =
        Contenders.of(new Installation(Path.of("/p"), Path.of("/l"), Path.of("/j"), ""));
    assertThat(Target.all())
        .allSatisfy(
            target -> {
              Workload workload =
                  workloads.stream()
                      .filter(w -> w.name().equals(target.workload()))
                      .findFirst()
                      .orElseThrow();
              assertThat(contenders)
                  .filteredOn(workload.field()::includes)
                  .extracting(Contender::name)
                  .contains(target.contender());
            });
  }
}
