package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import usher.server.Address;

final class LoadProcessTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @Test
  void carries_out_one_plan_after_the_other_and_tells_how_far_it_is() throws Exception {
    List<Progress> told = new ArrayList<>();
    try (Stub stub = Stub.answering("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        LoadProcess process = LoadProcess.start(CLASS_PATH, OptionalInt.of(0))) {
      Plans plan = Plans.to(stub.address());
      LoadReport first = process.run(plan.plan(), told::add);
      LoadReport second = process.run(plan.seconds(0.1).plan(), _ -> {});

      assertThat(first.good()).isEqualTo(100);
      assertThat(first.latencies("/").count()).isEqualTo(100);
      assertThat(first.slices()).hasSize(5);
      assertThat(second.good()).isEqualTo(20);
      assertThat(told.getLast().phase()).isEqualTo(Progress.Phase.FINISHING);
      assertThat(told.getLast().good()).isEqualTo(100);
      assertThat(told).anyMatch(so -> so.phase() == Progress.Phase.COUNTING);
    }
  }

  @Test
  void a_plan_that_cannot_be_carried_out_is_no_end() throws Exception {
    try (Stub stub = Stub.answering("HTTP/1.1 200 OK\nContent-Length: 0\n\n");
        LoadProcess process = LoadProcess.start(CLASS_PATH, OptionalInt.empty())) {
      LoadPlan bad = Plans.to(Address.udp(9)).plan();

      assertThatThrownBy(() -> process.run(bad, _ -> {}))
          .isInstanceOf(GeneratorException.class)
          .hasMessageContaining("HTTP does not go to udp:");
      assertThat(process.run(Plans.to(stub.address()).plan(), _ -> {}).good()).isEqualTo(100);
    }
  }

  @Test
  void a_generator_that_ends_says_its_last_words() throws Exception {
    try (LoadProcess process = LoadProcess.start("/nowhere", OptionalInt.empty())) {
      assertThatThrownBy(() -> process.run(Plans.to(Address.tcp(9)).plan(), _ -> {}))
          .isInstanceOf(GeneratorException.class)
          .hasMessageContaining("exit code 1")
          .hasMessageContaining("LoadGenerator");
    }
  }

  @Test
  void a_generator_that_takes_too_long_is_killed() throws Exception {
    try (LoadProcess process = LoadProcess.start(CLASS_PATH, OptionalInt.empty())) {
      LoadPlan endless = Plans.to(Address.tcp(9)).seconds(1_000).plan();

      assertThatThrownBy(() -> process.run(endless, Duration.ofMillis(300), _ -> {}))
          .isInstanceOf(GeneratorException.class)
          .hasMessageContaining("PT0.3S");
      assertThat(ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive))
          .satisfiesAnyOf(
              gone -> assertThat(gone).isEqualTo(Optional.empty()),
              dying -> assertThat(dying.orElseThrow().onExit().get().isAlive()).isFalse());
      assertThatThrownBy(() -> process.run(endless, Duration.ofSeconds(60), _ -> {}))
          .isInstanceOf(GeneratorException.class);
    }
  }
}
