package usher.lab.experiment;

import java.io.IOException;
import usher.lab.load.GeneratorException;
import usher.lab.subject.SubjectException;

/// Looks for the highest rate that is served well enough, with few probes.
///
/// Rates are tried on a ladder with rungs of [#STEP]: up as long as it goes well, down as long as
/// it does not, and then once between the last two. So the answer is right to within half a rung,
/// 6%, where the server itself is steady.
///
/// Pure: a probe is whoever says how a rate went.
final class CapacitySearch {
  private static final double STEP = 1.25;
  private static final double LEAST_SHARE = 0.02;

  /// Tries a rate.
  @FunctionalInterface
  interface Probe {
    /// Whether the objective was met.
    boolean meets(double rate)
        throws GeneratorException, SubjectException, IOException, InterruptedException;
  }

  private CapacitySearch() {}

  /// The highest rate that went well, or 0 if not even a small part of the guess did, or the floor.
  ///
  /// @param most rates that are tried on the ladder, before the one between its last two rungs
  /// @param guess where to begin
  /// @param floor below which a probe would tell nothing, as hardly a request is due in it
  /// @param ceiling what it cannot be above
  static double search(double guess, double floor, double ceiling, int most, Probe probe)
      throws GeneratorException, SubjectException, IOException, InterruptedException {
    double rate = Math.max(floor, Math.min(guess, ceiling));
    double good = 0;
    double bad = Double.POSITIVE_INFINITY;
    double down = STEP;
    for (int probes = 0; probes < most; probes++) {
      if (probe.meets(rate)) {
        good = rate;
        if (rate >= ceiling || bad < Double.POSITIVE_INFINITY) {
          break;
        }
        rate = Math.min(rate * STEP, ceiling);
      } else {
        bad = rate;
        if (good > 0) {
          break;
        }
        if (rate <= floor || rate / down < guess * LEAST_SHARE) {
          return 0;
        }
        rate = Math.max(floor, rate / down);
        // Far off: longer strides.
        down *= STEP;
      }
    }
    if (good > 0 && bad < Double.POSITIVE_INFINITY && bad / good > 1.1) {
      double between = Math.sqrt(good * bad);
      return probe.meets(between) ? between : good;
    }
    return good;
  }
}
