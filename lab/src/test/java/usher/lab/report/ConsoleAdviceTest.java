package usher.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import usher.lab.fixture.Realistic;
import usher.lab.fixture.Synthetic;
import usher.lab.recommend.Recommendation;
import usher.lab.recommend.Wishes;
import usher.lab.result.LabResult;
import usher.lab.result.Metric;

final class ConsoleAdviceTest {
  @Test
  void says_who_why_and_what_would_change_it() {
    LabResult result =
        new Synthetic()
            .figure("hello", "event-loop", Metric.CAPACITY, 20_000)
            .figure("hello", "prefork(2, event-loop)", Metric.CAPACITY, 10_000)
            .figure("hello", "iterative", Metric.CAPACITY, 0)
            .result();
    assertThat(ConsoleAdvice.of(Recommendation.of(result, Wishes.NONE), 60))
        .isEqualTo(
            """
            hello: event-loop, by highest rate
              margin: 2 times the highest rate within the objective of
                prefork(2, event-loop), the next.
              out: iterative (wanted rate)
            for all workloads: event-loop
              event-loop meets the constraints of every workload.
              It loses nothing there: its rate is level with the best.
              Next is prefork(2, event-loop): 50% of the best rate under
                hello.
              If a handler may crash, leak or exit: prefork(2,
                event-loop).
            """);
  }

  @Test
  void no_line_is_longer_than_the_width_and_no_name_is_an_escape_sequence() {
    Recommendation recommendation = Recommendation.of(Realistic.result(), Wishes.NONE);
    for (int width : new int[] {40, 80, 100}) {
      assertThat(ConsoleAdvice.of(recommendation, width).lines())
          .allMatch(line -> line.length() <= width);
    }
    LabResult evil = new Synthetic().figure("hello", "\u001b[31mred", Metric.CAPACITY, 1).result();
    assertThat(ConsoleAdvice.of(Recommendation.of(evil, Wishes.NONE), 80)).doesNotContain("\u001b");
  }
}
