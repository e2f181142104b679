package usher.lab.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import usher.lab.result.Objective;

final class WorkloadsTest {
  @Test
  void the_built_in_ones_are_those_of_the_guide() {
    assertThat(Workloads.builtIn())
        .extracting(Workload::name)
        .containsExactly(
            "hello",
            "wait",
            "compute",
            "mixed",
            "file",
            "upload",
            "idle",
            "short",
            "slow",
            "failing",
            "datagrams");
  }

  @Test
  void what_is_left_out_has_its_usual_value() {
    var workload =
        Workloads.parse(
                """
                [{"name": "a", "description": "b", "handler": "http", "wire": "HTTP",
                  "objective": "p99=50ms", "measures": ["CLOSED"], "shapes": [{}]}]
                """,
                "x")
            .getFirst();
    assertThat(workload.connections()).isEqualTo(64);
    assertThat(workload.patience()).isEqualTo(1);
    var shape = workload.loadShapes().getFirst();
    assertThat(shape.method()).isEqualTo("GET");
    assertThat(shape.path()).isEqualTo("/");
    assertThat(shape.expects()).isEqualTo(200);
    assertThat(shape.receives()).isEqualTo(-1);
    assertThat(shape.weight()).isEqualTo(1);
  }

  @Test
  void a_file_that_is_wrong_is_refused_with_its_name_and_the_place() {
    assertThatThrownBy(() -> Workloads.parse("[{\n\"nome\": 1}]", "mine.json"))
        .hasMessageContaining("mine.json, line 2")
        .hasMessageContaining("'name'");
    assertThatThrownBy(() -> Workloads.parse("[]", "mine.json"))
        .hasMessageContaining("no workloads");
    assertThatThrownBy(() -> Workloads.parse("[", "mine.json")).hasMessageContaining("mine.json");
    assertThatThrownBy(() -> Workloads.read(Path.of("/no/such/file")))
        .hasMessage("/no/such/file: no such file");
  }

  @Test
  void a_workload_that_makes_no_sense_is_refused_in_words() {
    assertThatThrownBy(
            () ->
                Workloads.parse(
                    """
                    [{"name": "a", "description": "b", "handler": "http", "wire": "HTTP",
                      "objective": "soon", "measures": [], "shapes": [{}]}]
                    """,
                    "mine.json"))
        .hasMessageContaining("mine.json")
        .hasMessageContaining("not an objective: soon; write p99=50ms");
  }

  @ParameterizedTest
  @CsvSource({"p99=50ms,0.99,50", "p50=2.5ms,0.5,2.5", "p99.9=1s,0.999,1000"})
  void objectives_are_read_and_written(String text, double share, double millis) {
    Objective objective = Objectives.parse(text);
    assertThat(objective.share()).isCloseTo(share, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(objective.millis()).isEqualTo(millis);
    assertThat(Objectives.parse(Objectives.text(objective))).isEqualTo(objective);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "p99", "p99=50", "p100=5ms", "p99=0ms", "99=5ms", "p99=-1ms", "p0=1ms"})
  void what_is_no_objective_is_refused(String text) {
    assertThatThrownBy(() -> Objectives.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
