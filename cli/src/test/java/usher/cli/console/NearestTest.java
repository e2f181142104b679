package usher.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import usher.server.Model;

final class NearestTest {
  private static final List<String> MODELS = Model.all().stream().map(Model::name).toList();

  @ParameterizedTest
  @CsvSource({
    "virtual-thread,virtual-threads",
    "vitrual-threads,virtual-threads",
    "Event-Loop,event-loop",
    "eventloop,event-loop",
    "loop,event-loop",
    "workers,event-loop-workers",
    "pool,thread-pool",
    "iteratvie,iterative",
    "event-loops-workers,event-loop-workers"
  })
  void a_slip_finds_the_name(String word, String name) {
    assertThat(Nearest.to(word, MODELS)).contains(name);
  }

  @ParameterizedTest
  @CsvSource({"netty", "x9", "''"})
  void a_word_like_none_finds_none(String word) {
    assertThat(Nearest.to(word, MODELS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "abc,abc,0",
    "abc,acb,1",
    "abc,ab,1",
    "abc,abcd,1",
    "abc,axc,1",
    "'',abc,3",
    "abc,ABC,0",
    "ca,abc,3"
  })
  void distance_counts_slips(String from, String to, int slips) {
    assertThat(Nearest.distance(from, to)).isEqualTo(slips);
    assertThat(Nearest.distance(to, from)).isEqualTo(slips);
  }

  @Test
  void question_is_ready_to_be_put_behind_a_complaint() {
    assertThat(Nearest.question("ehco", List.of("echo", "serve")))
        .isEqualTo("; did you mean echo?");
    assertThat(Nearest.question("zzzz", List.of("echo", "serve"))).isEmpty();
  }
}
