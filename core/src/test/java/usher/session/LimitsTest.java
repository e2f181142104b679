package usher.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Limits and timeouts at, below and above their bounds.
class LimitsTest {
  static Stream<Arguments> limits() {
    Limits base = Limits.DEFAULT;
    return Stream.of(
        limit("connections", 1, v -> base.withConnections((int) (long) v).connections()),
        limit("queue", 1, v -> base.withQueue((int) (long) v).queue()),
        limit("backlog", 1, v -> base.withBacklog((int) (long) v).backlog()),
        limit("headBytes", 64, v -> base.withHeadBytes((int) (long) v).headBytes()),
        limit("headFields", 1, v -> base.withHeadFields((int) (long) v).headFields()),
        limit("bodyBytes", 0, v -> base.withBodyBytes(v).bodyBytes()),
        limit("bodyMemory", 1_024, v -> base.withBodyMemory((int) (long) v).bodyMemory()));
  }

  private static Arguments limit(String name, long least, Function<Long, Number> set) {
    return Arguments.of(name, least, set);
  }

  @ParameterizedTest
  @MethodSource("limits")
  void a_limit_is_taken_at_and_above_its_least_value(
      String name, long least, Function<Long, Number> set) {
    assertThat(set.apply(least).longValue()).isEqualTo(least);
    assertThat(set.apply(least + 1).longValue()).isEqualTo(least + 1);
  }

  @ParameterizedTest
  @MethodSource("limits")
  void a_limit_below_its_least_value_is_refused_by_name(
      String name, long least, Function<Long, Number> set) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set.apply(least - 1))
        .withMessage(name + " must be at least " + least + ", not " + (least - 1));
  }

  @Test
  void one_limit_changes_and_the_others_stay() {
    Limits changed = Limits.DEFAULT.withQueue(7);

    assertThat(changed.withQueue(Limits.DEFAULT.queue())).isEqualTo(Limits.DEFAULT);
  }

  static Stream<Arguments> timeouts() {
    Timeouts base = Timeouts.DEFAULT;
    return Stream.of(
        timeout("head", v -> base.withHead(v).head()),
        timeout("idle", v -> base.withIdle(v).idle()),
        timeout("bodyGrace", v -> base.withBody(v, 1).bodyGrace()),
        timeout("stall", v -> base.withStall(v).stall()),
        timeout("linger", v -> base.withLinger(v).linger()));
  }

  private static Arguments timeout(String name, Function<Duration, Duration> set) {
    return Arguments.of(name, set);
  }

  @ParameterizedTest
  @MethodSource("timeouts")
  void a_timeout_is_taken_from_a_nanosecond_to_a_year(
      String name, Function<Duration, Duration> set) {
    assertThat(set.apply(Duration.ofNanos(1))).isEqualTo(Duration.ofNanos(1));
    assertThat(set.apply(Duration.ofDays(365))).isEqualTo(Duration.ofDays(365));
  }

  @ParameterizedTest
  @MethodSource("timeouts")
  void a_timeout_of_nothing_or_less_or_of_over_a_year_is_refused_by_name(
      String name, Function<Duration, Duration> set) {
    for (Duration wrong :
        new Duration[] {Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(365).plusNanos(1)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> set.apply(wrong))
          .withMessageStartingWith(name + " must be above zero");
    }
  }

  @Test
  void a_body_rate_of_one_is_taken_and_none_is_refused() {
    assertThat(Timeouts.DEFAULT.withBody(Duration.ofSeconds(1), 1).bodyRate()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Timeouts.DEFAULT.withBody(Duration.ofSeconds(1), 0))
        .withMessage("bodyRate must be at least 1, not 0");
  }
}
