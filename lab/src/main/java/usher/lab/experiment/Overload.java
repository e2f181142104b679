package usher.lab.experiment;

import java.util.ArrayList;
import java.util.List;
import usher.lab.load.LoadReport.Slice;
import usher.lab.result.Curve;
import usher.lab.result.Curve.Kind;
import usher.lab.result.Curve.Point;

/// What became of an overload, read from its slices.
///
/// Pure.
///
/// @param goodput good answers a second while it lasted
/// @param recovery seconds from its end until requests are answered within the objective again, and
///   stay so; as long as was looked at where they never were
/// @param curves the two of an overload
record Overload(double goodput, double recovery, List<Curve> curves) {
  private static final double SLICE = 0.1;
  private static final double WELL = 0.98;

  /// @param slices of the whole time
  /// @param from when the overload began, in seconds
  /// @param to when it ended
  /// @param millis of the objective
  static Overload of(List<Slice> slices, double from, double to, double millis) {
    long good = 0;
    int counted = 0;
    int lastBad = -1;
    List<Point> latency = new ArrayList<>();
    List<Point> goodput = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      double begin = i * SLICE;
      if (begin >= from - SLICE / 2 && begin < to - SLICE / 2) {
        good += slice.good();
        counted++;
      } else if (begin >= to - SLICE / 2 && !well(slice, millis)) {
        lastBad = i;
      }
      latency.add(new Point(begin, slice.good() == 0 ? 0 : slice.p99Millis()));
      goodput.add(new Point(begin, slice.good() / SLICE));
    }
    double recovery = lastBad < 0 ? 0 : Math.max(0, (lastBad + 1) * SLICE - to);
    return new Overload(
        counted == 0 ? 0 : good / (counted * SLICE),
        recovery,
        List.of(
            new Curve(Kind.OVERLOAD_LATENCY, latency), new Curve(Kind.OVERLOAD_GOODPUT, goodput)));
  }

  private static boolean well(Slice slice, double millis) {
    return slice.good() >= WELL * slice.due() && slice.p99Millis() <= millis;
  }
}
