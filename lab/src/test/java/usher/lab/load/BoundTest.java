package usher.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A load that ends when enough has gone wrong, and one whose connections are greeted first. A
/// hundred requests are due in half a second.
final class BoundTest {
  private static final String WRONG = "HTTP/1.1 500 Oops\nContent-Length: 2\n\nno";
  private static final String RIGHT = "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 40})
  void one_more_than_may_fail_ends_it(long misses) throws IOException {
    try (Stub stub = Stub.answering(WRONG)) {
      LoadReport report = Plans.to(stub.address()).bound(50, misses).run();

      assertThat(report.failed()).isGreaterThan(misses).isEqualTo(report.due());
      assertThat(report.due()).isLessThan(100);
      assertThat(report.seconds()).isLessThan(0.5);
      assertThat(report.slices()).hasSize((int) Math.ceil(report.seconds() * 10));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {99, 100})
  void as_many_as_may_fail_do_not(long misses) throws IOException {
    try (Stub stub = Stub.answering(WRONG)) {
      LoadReport report = Plans.to(stub.address()).bound(50, misses).run();

      assertThat(report.due()).isEqualTo(100);
      assertThat(report.failed()).isEqualTo(100);
    }
  }

  @Test
  void a_good_answer_that_takes_too_long_has_missed_it_as_well() throws IOException {
    try (Stub stub =
        new Stub(
            (_, in, out) -> {
              while (Stub.request(in)) {
                Thread.sleep(20);
                Stub.say(out, RIGHT);
              }
            })) {
      LoadReport report = Plans.to(stub.address()).bound(10, 3).run();

      assertThat(report.due()).isLessThan(100);
      assertThat(report.good()).isPositive();
      assertThat(report.good() + report.failed()).isEqualTo(report.due());
    }
  }

  @Test
  void who_is_greeted_has_had_an_answer_that_does_not_count() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (Stub stub =
        new Stub(
            (_, in, out) -> {
              // The first answer of a connection is a wrong one.
              for (int i = 0; Stub.request(in); i++) {
                asked.incrementAndGet();
                Stub.say(out, i == 0 ? WRONG : RIGHT);
              }
            })) {
      LoadReport report = Plans.to(stub.address()).greeting().run();

      assertThat(report.good()).isEqualTo(100);
      assertThat(asked).hasValue(102);
    }
  }
}
