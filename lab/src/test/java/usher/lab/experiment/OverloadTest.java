package usher.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import usher.lab.load.LoadReport.Slice;
import usher.lab.result.Curve;

final class OverloadTest {
  private static final double GOAL = 50;

  private static List<Slice> slices(int count, Slice slice) {
    return new ArrayList<>(Collections.nCopies(count, slice));
  }

  private static List<Slice> run(Slice calm, Slice overload, List<Slice> after) {
    List<Slice> all = slices(5, calm);
    all.addAll(slices(10, overload));
    all.addAll(after);
    return all;
  }

  @Test
  void goodput_is_of_the_overload_alone() {
    var seen =
        Overload.of(
            run(
                new Slice(10, 10, 5, 9),
                new Slice(60, 16, 45, 60),
                slices(10, new Slice(10, 10, 5, 9))),
            0.5,
            1.5,
            GOAL);
    assertThat(seen.goodput()).isCloseTo(160, within(0.01));
    assertThat(seen.recovery()).isZero();
    assertThat(seen.curves())
        .extracting(Curve::kind)
        .containsExactly(Curve.Kind.OVERLOAD_LATENCY, Curve.Kind.OVERLOAD_GOODPUT);
  }

  @Test
  void recovery_ends_with_the_last_slice_that_is_not_well() {
    List<Slice> after = slices(10, new Slice(10, 10, 5, 9));
    after.set(1, new Slice(10, 10, 51, 60));
    after.set(3, new Slice(10, 9, 5, 9));
    var seen =
        Overload.of(run(new Slice(10, 10, 5, 9), new Slice(60, 1, 9, 9), after), 0.5, 1.5, GOAL);
    assertThat(seen.recovery()).isCloseTo(0.4, within(0.001));
  }

  @Test
  void who_never_recovers_has_the_whole_time() {
    var seen =
        Overload.of(
            run(
                new Slice(10, 10, 5, 9),
                new Slice(60, 1, 9, 9),
                slices(10, new Slice(10, 0, 0, 0))),
            0.5,
            1.5,
            GOAL);
    assertThat(seen.recovery()).isCloseTo(1.0, within(0.001));
  }
}
