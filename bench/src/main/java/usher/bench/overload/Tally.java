package usher.bench.overload;

import java.util.Collection;
import java.util.List;

/// What became of a load.
///
/// @param shots all its requests
/// @param nanos for how long it went on
record Tally(List<Shot> shots, long nanos) {
  private static final double SECOND = 1e9;

  Tally(Collection<Shot> shots, long nanos) {
    this(List.copyOf(shots), nanos);
  }

  long count(Shot.End end) {
    return shots.stream().filter(shot -> shot.end() == end).count();
  }

  /// Good answers a second.
  double goodput() {
    return count(Shot.End.GOOD) * SECOND / nanos;
  }

  /// The latency, in milliseconds, that this part of the good answers did not exceed; 0 without
  /// any.
  double millis(double part) {
    long[] good =
        shots.stream()
            .filter(shot -> shot.end() == Shot.End.GOOD)
            .mapToLong(Shot::nanos)
            .sorted()
            .toArray();
    return good.length == 0 ? 0 : good[(int) Math.min(good.length - 1, part * good.length)] / 1e6;
  }

  /// When the last request was due that did not get a good answer, in seconds since the load began;
  /// 0 if all did.
  double lastBad() {
    return shots.stream()
            .filter(shot -> shot.end() != Shot.End.GOOD)
            .mapToLong(Shot::at)
            .max()
            .orElse(0)
        / SECOND;
  }
}
